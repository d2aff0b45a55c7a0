/// The parts of Terraform's files that have a meaning here: resources, data sources, variables and imports.
struct TerraformModule {
    /// A block with an address.
    struct Part {
        /// The address.
        let address: TerraformAddress
        /// The block.
        let block: HCLBlock
        /// The file that has the block.
        let source: HCLSource

        /// The place for people.
        var place: String { "\(source.name), line \(source.line(of: block.offset))" }
    }

    private static let read = ["resource", "data", "variable", "import"]
    private static let ignored = ["terraform", "provider", "output", "locals", "moved", "removed", "check"]

    /// The resources, in the order of the files.
    private(set) var resources: [Part] = []
    /// The data sources by their addresses.
    private(set) var dataSources: [TerraformAddress: Part] = [:]
    /// The variables by their names: their defaults, if they have one.
    private(set) var variables: [String: (value: HCLValue, source: HCLSource)?] = [:]
    /// The blocks that declare the variables, in the order of the files.
    private(set) var variableParts: [Part] = []
    /// The blocks that import a resource, with its address, in the order of the files.
    private(set) var imports: [Part] = []

    private let skipsOthers: Bool
    private var addresses: [TerraformAddress: Part] = [:]
    private var imported: [TerraformAddress: Part] = [:]

    /// Reads files. Throws a failure that names the place of the first block that is not understood, unless `skipsOthers` says to pass over
    /// modules and over types that have no meaning here.
    init(_ sources: [HCLSource], skipsOthers: Bool = false) throws(Failure) {
        self.skipsOthers = skipsOthers
        for source in sources {
            for item in try HCLParser.body(of: source).items {
                switch item {
                case .attribute(let attribute):
                    throw source.failure(
                        HCLError(
                            offset: attribute.offset,
                            reason: "the attribute \(attribute.name) is outside of a block"
                        )
                    )
                case .block(let block): try add(block, source)
                case .comment: break
                }
            }
        }
        for part in imports where addresses[part.address] == nil {
            throw Self.failure(
                part.block,
                part.source,
                "there is no \(part.address.text) for the import",
                next:
                    "Declare the resource, or remove the import. If another file has it, give the directory in place of the file."
            )
        }
    }

    private mutating func add(_ block: HCLBlock, _ source: HCLSource) throws(Failure) {
        guard !skipsOthers || Self.isKnown(block) else { return }
        switch block.type {
        case "resource": resources.append(try part(block, source, TerraformKind.types))
        case "data":
            let part = try part(block, source, TerraformKind.all.map(\.type))
            dataSources[part.address] = part
        case "variable":
            guard let name = block.labels.first, block.labels.count == 1 else {
                throw Self.failure(block, source, "a variable must have one name")
            }
            let part = Part(
                address: TerraformAddress(type: TerraformAddress.variable, label: name),
                block: block,
                source: source
            )
            try declare(part)
            variableParts.append(part)
            variables[name] = .some(block.body.attribute("default").map { ($0.value, source) })
        case "import": try addImport(block, source)
        case "module":
            throw Self.failure(
                block,
                source,
                "modules are not read here",
                next: "Give the directory of the module itself."
            )
        case _ where Self.ignored.contains(block.type): break
        default:
            let next = (Self.read + Self.ignored).nearest(to: block.type).map { "Did you mean \($0)?" }
            throw Self.failure(block, source, "there is no block \"\(block.type)\"", next: next)
        }
    }

    /// Returns whether a block has a meaning here.
    private static func isKnown(_ block: HCLBlock) -> Bool {
        switch block.type {
        case "resource", "data": return block.labels.first.map(TerraformKind.types.contains) ?? true
        case "import":
            guard case .reference(let parts)? = block.body.attribute("to")?.value.expression else { return true }
            return parts.first.map(TerraformKind.types.contains) ?? true
        default: return read.contains(block.type)
        }
    }

    private mutating func part(_ block: HCLBlock, _ source: HCLSource, _ types: [String]) throws(Failure) -> Part {
        guard block.labels.count == 2 else {
            throw Self.failure(block, source, "a \(block.type) must have a type and a label")
        }
        let address = TerraformAddress(type: block.labels[0], label: block.labels[1], isData: block.type == "data")
        try Self.check(address.type, in: types, block, source)
        let part = Part(address: address, block: block, source: source)
        try declare(part)
        return part
    }

    private mutating func declare(_ part: Part) throws(Failure) {
        guard let other = addresses.updateValue(part, forKey: part.address) else { return }
        let reason = "\(part.address.text) occurs twice; the other one is in \(other.place)"
        throw Self.failure(part.block, part.source, reason)
    }

    private mutating func addImport(_ block: HCLBlock, _ source: HCLSource) throws(Failure) {
        guard let to = block.body.attribute("to"), case .reference(let parts) = to.value.expression, parts.count == 2
        else {
            throw Self.failure(
                block,
                source,
                "an import must have the address of a resource",
                next: "Write to = TYPE.LABEL"
            )
        }
        try Self.check(parts[0], in: TerraformKind.types, block, source)
        let address = TerraformAddress(type: parts[0], label: parts[1])
        let part = Part(address: address, block: block, source: source)
        if let other = imported.updateValue(part, forKey: address) {
            throw Self.failure(
                block,
                source,
                "\(address.text) is imported twice; the other import is in \(other.place)"
            )
        }
        imports.append(part)
    }

    private static func check(
        _ type: String,
        in types: [String],
        _ block: HCLBlock,
        _ source: HCLSource
    ) throws(Failure) {
        guard !types.contains(type) else { return }
        let next =
            types.nearest(to: type).map { "Did you mean \($0)?" }
            ?? "The types are \(types.joined(separator: ", ")). Others belong into a directory of their own."
        throw failure(block, source, "there is no type \"\(type)\" for a \(block.type) here", next: next)
    }

    private static func failure(
        _ block: HCLBlock,
        _ source: HCLSource,
        _ reason: String,
        next: String? = nil
    ) -> Failure {
        source.failure(HCLError(offset: block.offset, reason: reason, next: next))
    }
}

extension HCLBody {
    /// Returns the attribute with a name; nil if there is none.
    func attribute(_ name: String) -> HCLAttribute? {
        for case .attribute(let attribute) in items where attribute.name == name { return attribute }
        return nil
    }
}
