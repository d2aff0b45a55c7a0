import MessagingSDK

/// A directory of Terraform's files before an export: what the export keeps of its own files, and what the files of people declare.
struct TerraformPresent {
    /// The files of people, which no export changes.
    let foreign: [HCLSource]
    /// The labels of resources, by the command of their kind and by the ids of their objects.
    private(set) var labels: [String: [String: String]] = [:]
    /// The integrations of the export, with their secrets in the form of files.
    private(set) var integrations: [ConfiguredObject] = []
    /// The addresses of the resources and variables in files of people.
    private(set) var declared: Set<TerraformAddress> = []
    /// The addresses that imports in files of people have.
    private(set) var imported: Set<TerraformAddress> = []
    /// The variables of the export that files of people name.
    private(set) var shared: Set<String> = []

    private var unidentified: [TerraformModule.Part] = []
    private let values: TerraformValues

    /// Reads files of an export and files of people.
    init(_ ours: [HCLSource], _ foreign: [HCLSource], _ environment: [String: String]) throws(Failure) {
        self.foreign = foreign
        let module = try TerraformModule(ours + foreign, skipsOthers: true)
        values = TerraformValues(variables: module.variables, environment: environment, usesDefaults: false)
        let names = Set(foreign.map(\.name))
        var ids: [TerraformAddress: String] = [:]
        for part in module.imports {
            let id = try values.id(of: part)
            ids[part.address] = id
            if names.contains(part.source.name) { imported.insert(part.address) }
            if let kind = TerraformKind.ofType(part.address.type) {
                labels[kind.command, default: [:]][id] = part.address.label
            }
        }
        for part in module.resources {
            if names.contains(part.source.name) {
                declared.insert(part.address)
                if ids[part.address] == nil { unidentified.append(part) }
            } else if part.address.type == TerraformKind.of(OpenIntegration.command)?.type {
                integrations.append(try integration(part, id: ids[part.address]))
            }
        }
        integrations.label()
        let mentioned = foreign.reduce(into: Set<String>()) { $0.formUnion($1.variables) }
        for part in module.variableParts {
            if names.contains(part.source.name) {
                declared.insert(part.address)
            } else if mentioned.contains(part.address.label) {
                shared.insert(TerraformVariable.environmentName(part.address.label))
            }
        }
    }

    /// The environment variables of all variables that files declare or name.
    var variables: Set<String> {
        let names = declared.filter { $0.type == TerraformAddress.variable }.map(\.label)
        return SecretPlaceholders.variables(of: integrations).union(shared)
            .union(names.map(TerraformVariable.environmentName))
    }

    /// Gives the resources in files of people that have no import the objects with their names. Throws a failure if several objects have the name.
    mutating func identify(_ configuration: Configuration) throws(Failure) {
        for kind in TerraformKind.all {
            let parts = unidentified.filter { $0.address.type == kind.type }
            guard !parts.isEmpty else { continue }
            let free = (configuration.objects[kind.command] ?? []).filter { object in
                object.id.map { labels[kind.command]?[$0] == nil } ?? false
            }
            var ids = Dictionary(grouping: free, by: \.name).mapValues { $0.compactMap(\.id) }
            for part in parts {
                guard let name = try name(of: part), let found = ids.removeValue(forKey: name) else { continue }
                guard let id = found.first, found.count == 1 else {
                    let reason = "\(part.address.text) can be each of \(found.count) objects with its name"
                    let next = "Write an import block with to = \(part.address.text) and the id of the object."
                    throw part.source.failure(HCLError(offset: part.block.offset, reason: reason, next: next))
                }
                labels[kind.command, default: [:]][id] = part.address.label
            }
        }
    }

    private func name(of part: TerraformModule.Part) throws(Failure) -> String? {
        guard let attribute = part.block.body.attribute("name") else { return nil }
        return try values.text(attribute.value, in: part.source)
    }

    private func integration(_ part: TerraformModule.Part, id: String?) throws(Failure) -> ConfiguredObject {
        var members: JSON.Object = [:]
        let fields = TerraformKind.of(OpenIntegration.command)?.fields ?? []
        for field in fields {
            guard let value = part.block.body.attribute(field.name)?.value else { continue }
            switch field.form {
            case .text: members[field.member] = try values.text(value, in: part.source).map { .string($0) }
            case .secret: members[field.member] = try values.secret(value, in: part.source)
            case .secrets: members[field.member] = try values.secrets(value, in: part.source)
            default: break
            }
        }
        return ConfiguredObject(id: id, members: members)
    }
}

extension HCLSource {
    /// The names behind each `var.` in the text, wherever that is.
    fileprivate var variables: [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "var.").dropFirst().map { rest in
            String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
        }
    }
}
