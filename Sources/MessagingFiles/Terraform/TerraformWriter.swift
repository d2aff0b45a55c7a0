import MessagingSDK

/// Makes Terraform's files of a configuration.
struct TerraformWriter {
    private let configuration: Configuration
    private let labels: TerraformLabels
    private let present: TerraformPresent
    /// The parts of the organization that the files do not have as it has them, in sentences.
    private(set) var notes: [String] = []

    /// Creates a writer. The secrets of the configuration name environment variables. What files of people declare is not written.
    init(_ configuration: Configuration, _ labels: TerraformLabels, _ present: TerraformPresent) {
        self.configuration = configuration
        self.present = present
        self.labels = labels
    }

    /// Returns the file with the objects of a kind.
    mutating func file(of kind: TerraformKind) -> [UInt8] {
        var body = HCLBody(items: [TerraformFile.header])
        for object in configuration.objects[kind.command] ?? [] {
            guard let label = labels.label(object.label, of: kind.command) else { continue }
            let address = TerraformAddress(type: kind.type, label: label)
            if present.declared.contains(address) { continue }
            if let id = object.id { body.items += importing(id, to: address) }
            var resource = HCLBody(items: items(object.members, kind.fields))
            if let note = Self.note(object) {
                notes.append("\(kind.command) \"\(object.label)\" \(note)")
                resource.items.insert(.comment("It \(note)."), at: 0)
            }
            resource.items += Self.secretItems(object)
            body.items.append(.block(HCLBlock(type: "resource", labels: [kind.type, label], body: resource)))
        }
        return Self.bytes(body)
    }

    /// Returns the file with the defaults.
    mutating func defaults() -> [UInt8] {
        var body = HCLBody(items: [TerraformFile.header])
        for kind in TerraformKind.all {
            guard let type = kind.defaultType, case .object(let label)? = configuration.defaults[kind.command] else {
                continue
            }
            if present.declared.contains(where: { $0.type == type.type }) { continue }
            body.items += importing(type.id, to: TerraformAddress(type: type.type, label: type.id))
            let id = reference(["name": .string(label)], to: kind)
            let attribute = HCLBody.Item.attribute(HCLAttribute(name: type.attribute, value: id))
            body.items.append(
                .block(
                    HCLBlock(type: "resource", labels: [type.type, type.id], body: HCLBody(items: [attribute]))
                )
            )
        }
        return Self.bytes(body)
    }

    private mutating func items(_ members: JSON.Object, _ fields: [TerraformField]) -> [HCLBody.Item] {
        fields.flatMap { field -> [HCLBody.Item] in
            guard let value = members[field.member] else { return [] }
            switch field.form {
            case .block(let fields):
                return [.block(HCLBlock(type: field.name, body: HCLBody(items: items(value.object ?? [:], fields))))]
            case .blocks(let fields):
                return (value.array ?? []).map { element in
                    .block(HCLBlock(type: field.name, body: HCLBody(items: items(element.object ?? [:], fields))))
                }
            default:
                return [.attribute(HCLAttribute(name: field.name, value: attribute(value, field)))]
            }
        }
    }

    private mutating func attribute(_ value: JSON, _ field: TerraformField) -> HCLValue {
        switch field.form {
        case .reference(let command):
            guard let kind = TerraformKind.of(command), !value.isNull else { return HCLValue(.null) }
            return reference(value, to: kind)
        case .secrets:
            let headers = (value.object ?? [:]).map { (name: $0.name, value: Self.secret($0.value)) }
            return HCLValue(.json(HCLValue(.object(headers))))
        case .secret: return Self.secret(value)
        default: return value.string.map { HCLValue(.string($0)) } ?? HCLValue(.null)
        }
    }

    /// Returns the reference to a resource. Only an object that the configuration does not have keeps its id.
    private mutating func reference(_ value: JSON, to kind: TerraformKind) -> HCLValue {
        let name = value["name"]?.string
        if let name, let label = labels.label(name, of: kind.command) {
            return HCLValue(.reference([kind.type, label, "id"]))
        }
        let id = value["id"]?.string ?? name ?? ""
        notes.append("\(kind.command) has no object with the id \(id), which another object names")
        return HCLValue(.string(id))
    }

    private static func secret(_ value: JSON) -> HCLValue {
        if let variable = TerraformVariable.name(value) { return HCLValue(.reference(["var", variable])) }
        return HCLValue(.string(value.string ?? ""))
    }

    private func importing(_ id: String, to address: TerraformAddress) -> [HCLBody.Item] {
        guard !present.imported.contains(address) else { return [] }
        let body = HCLBody(items: [
            .attribute(HCLAttribute(name: "to", value: HCLValue(.reference([address.type, address.label])))),
            .attribute(HCLAttribute(name: "id", value: HCLValue(.string(id)))),
        ])
        return [.block(HCLBlock(type: "import", body: body))]
    }

    /// Returns the parts of a resource with secrets. The provider sends them with each change, and Terraform counts it as a change when a value
    /// comes from a sensitive variable for the first time. So they are ignored until a person lets Terraform set them.
    private static func secretItems(_ object: ConfiguredObject) -> [HCLBody.Item] {
        guard object.members["outboundNotificationWebhookSignatureSecretToken"] != nil else { return [] }
        let hasHeaders = object.members["webhookHeaders"]?.object?.isEmpty == false
        let names = [TerraformKind.secretToken] + (hasHeaders ? [TerraformKind.webhookHeaders] : [])
        let ignored = HCLBody(items: [
            .comment("No host returns the secret token. Remove this block before Terraform changes the integration."),
            .attribute(
                HCLAttribute(name: "ignore_changes", value: HCLValue(.list(names.map { HCLValue(.reference([$0])) })))
            ),
        ])
        return [.block(HCLBlock(type: "lifecycle", body: ignored))]
    }

    /// Returns what the resource of an object does not have as the organization has it; nil if it has everything.
    private static func note(_ object: ConfiguredObject) -> String? {
        guard let allow = object.members["mediaTypes"]?["allow"]?.object, !allow.isEmpty,
            allow.allSatisfy({ $0.value.array?.isEmpty == true })
        else { return nil }
        return
            "allows no media type by empty lists. Terraform has no form for them: a profile that it creates has no lists, which allows none either"
    }

    private static func bytes(_ body: HCLBody) -> [UInt8] { Array(HCLPrinter.text(body).utf8) }
}

extension TerraformWriter {
    /// Returns the file with these variables, which are named by their environment variables.
    func variables(_ environmentNames: some Sequence<String>) -> [UInt8] {
        var body = HCLBody(items: [TerraformFile.header])
        for name in environmentNames.sorted().compactMap({ TerraformVariable.name(SecretReference.value($0)) }) {
            if present.declared.contains(TerraformAddress(type: TerraformAddress.variable, label: name)) { continue }
            body.items.append(
                .block(
                    HCLBlock(
                        type: "variable",
                        labels: [name],
                        body: HCLBody(items: [
                            .attribute(HCLAttribute(name: "type", value: HCLValue(.reference(["string"])))),
                            .attribute(HCLAttribute(name: "sensitive", value: HCLValue(.bool(true)))),
                        ])
                    )
                )
            )
        }
        return Self.bytes(body)
    }

    /// The file that names the provider.
    static let provider: [UInt8] = {
        let source = HCLValue(.object([(name: "source", value: HCLValue(.string("mypurecloud/genesyscloud")))]))
        let providers = HCLBlock(
            type: "required_providers",
            body: HCLBody(items: [.attribute(HCLAttribute(name: "genesyscloud", value: source))])
        )
        // Blocks "import" came with this version.
        let version = HCLAttribute(name: "required_version", value: HCLValue(.string(">= 1.5.0")))
        let block = HCLBlock(type: "terraform", body: HCLBody(items: [.attribute(version), .block(providers)]))
        return bytes(HCLBody(items: [TerraformFile.lastingHeader, .block(block)]))
    }()
}
