import MessagingSDK

/// Makes the members of an object of a resource.
struct TerraformBlockReader {
    /// The values of variables.
    let values: TerraformValues
    /// The objects to which references lead.
    let references: TerraformReferences
    /// The resource.
    let part: TerraformModule.Part

    /// The attributes and blocks of any resource that have no meaning here.
    private static let ignored: Set = ["depends_on", "lifecycle"]
    /// Those that change what the resource means.
    private static let refused: Set = [
        "count", "for_each", "provider", "dynamic", "provisioner", "connection",
    ]

    /// Returns the members that a block has.
    func members(of block: HCLBlock, _ fields: [TerraformField]) throws(Failure) -> JSON.Object {
        var members: JSON.Object = [:]
        var lists: [String: [JSON]] = [:]
        for item in block.body.items {
            switch item {
            case .comment: break
            case .attribute(let attribute):
                guard let field = try field(attribute.name, attribute.offset, in: block, fields, isBlock: false) else {
                    continue
                }
                members[field.member] = try value(attribute.value, field)
            case .block(let inner):
                guard let field = try field(inner.type, inner.offset, in: block, fields, isBlock: true) else {
                    continue
                }
                guard inner.labels.isEmpty else { throw failure(inner.offset, "\(inner.type) must have no label") }
                switch field.form {
                case .blocks(let fields):
                    lists[field.member, default: []].append(.object(try self.members(of: inner, fields)))
                case .block(let fields):
                    guard members[field.member] == nil else {
                        throw failure(inner.offset, "the block \(inner.type) occurs twice")
                    }
                    members[field.member] = .object(try self.members(of: inner, fields))
                default: break
                }
            }
        }
        for (name, list) in lists { members[name] = .array(list) }
        for field in fields where field.isRequired && members[field.member] == nil {
            throw failure(block.offset, "\(block.labels.isEmpty ? block.type : part.address.text) has no \(field.name)")
        }
        return members
    }

    private func value(_ value: HCLValue, _ field: TerraformField) throws(Failure) -> JSON? {
        switch field.form {
        case .text: return try values.text(value, in: part.source).map { .string($0) }
        case .secret: return try values.secret(value, in: part.source)
        case .secrets: return try values.secrets(value, in: part.source)
        case .reference(let command):
            guard let kind = TerraformKind.of(command) else { return nil }
            let reference = try references.reference(value, to: kind, in: part.source)
            return field.isRequired && reference.isNull ? nil : reference
        case .block, .blocks: return nil
        }
    }

    /// Returns the field with a name; nil if it has no meaning here. Throws a failure that names the nearest one if there is none.
    private func field(
        _ name: String,
        _ offset: Int,
        in block: HCLBlock,
        _ fields: [TerraformField],
        isBlock: Bool
    ) throws(Failure) -> TerraformField? {
        if let field = fields.first(where: { $0.name == name }) {
            guard field.isBlock == isBlock else {
                throw failure(
                    offset,
                    "\(name) is \(isBlock ? "an attribute" : "a block")",
                    next: isBlock ? "Write \(name) = ..." : "Write \(name) { ... }, without ="
                )
            }
            return field
        }
        let isResource = block.offset == part.block.offset
        if isResource, Self.ignored.contains(name) { return nil }
        if Self.refused.contains(name) {
            throw failure(offset, "\(name) is not read here", next: "Write a resource for each object.")
        }
        let place = isResource ? part.address.type : block.type
        let noun = isBlock ? "block" : "attribute"
        let names = fields.map(\.name)
        let next =
            names.nearest(to: name).map { "Did you mean \($0)?" }
            ?? "\(place) has \(names.joined(separator: ", "))."
        throw failure(offset, "there is no \(noun) \"\(name)\" in \(place)", next: next)
    }

    private func failure(_ offset: Int, _ reason: String, next: String? = nil) -> Failure {
        part.source.failure(HCLError(offset: offset, reason: reason, next: next))
    }
}
