import MessagingSDK

/// Makes a configuration of Terraform's files.
struct TerraformReader {
    private let module: TerraformModule
    private let values: TerraformValues
    private var references: TerraformReferences
    private var ids: [TerraformAddress: String] = [:]

    /// Creates a reader of the parts of files. See ``TerraformValues``.
    init(_ module: TerraformModule, _ environment: [String: String], usesDefaults: Bool) throws(Failure) {
        self.module = module
        values = TerraformValues(
            variables: module.variables,
            environment: environment,
            usesDefaults: usesDefaults
        )
        references = TerraformReferences(values)
        for part in module.imports {
            ids[part.address] = try values.id(of: part)
        }
        for (address, part) in module.dataSources {
            let field = TerraformField("name", isRequired: true)
            let members = try TerraformBlockReader(values: values, references: references, part: part)
                .members(of: part.block, [field])
            references.labels[address] = members["name"]?.string ?? ""
        }
    }

    /// Returns the configuration. `isWhole` returns whether the files declare all objects, or the default, in the file of an export with a name.
    mutating func configuration(isWhole: (String) -> Bool) throws(Failure) -> Configuration {
        var configuration = Configuration()
        for kind in TerraformKind.all {
            let parts = module.resources.filter { $0.address.type == kind.type }
            guard !parts.isEmpty || isWhole(kind.file) else { continue }
            configuration.objects[kind.command] = try objects(kind, parts)
        }
        for kind in TerraformKind.all {
            guard let type = kind.defaultType else { continue }
            let parts = module.resources.filter { $0.address.type == type.type }
            if let part = parts.first {
                try checkSingle(parts)
                configuration.defaults[kind.command] = try defaultObject(part, type, kind)
            } else if kind.defaultCanBeCleared, isWhole(TerraformFile.defaults) {
                configuration.defaults[kind.command] = Configuration.Default.none
            }
        }
        return configuration
    }

    private mutating func objects(
        _ kind: TerraformKind,
        _ parts: [TerraformModule.Part]
    ) throws(Failure) -> [ConfiguredObject] {
        var named: [ConfiguredObject] = []
        for part in parts {
            named.append(ConfiguredObject(id: ids[part.address], members: ["name": .string(try name(of: part))]))
        }
        named.label(or: parts.map(\.address.label))
        for (part, object) in zip(parts, named) {
            references.labels[part.address] = object.label
            if let id = object.id { references.labelsByID[kind.command, default: [:]][id] = object.label }
        }
        let reader = ObjectDocument(try ManagedKinds.kind(kind.command))
        var objects: [ConfiguredObject] = []
        var places: [String: String] = [:]
        for (part, labeled) in zip(parts, named) {
            let members = try TerraformBlockReader(values: values, references: references, part: part)
                .members(of: part.block, kind.fields)
            var object = try reader.object(.object(members), at: part.place)
            object.label = labeled.label
            object.id = labeled.id
            if let id = object.id, let other = places.updateValue(part.place, forKey: id) {
                throw Failure(.failed, "invalid.file", "\(part.place): the resource in \(other) has the same id")
            }
            objects.append(object)
        }
        return objects
    }

    /// Returns the name of an object, or an empty text: a resource without a name is refused when all of it is read.
    private func name(of part: TerraformModule.Part) throws(Failure) -> String {
        guard let attribute = part.block.body.attribute("name") else { return "" }
        return try values.text(attribute.value, in: part.source) ?? ""
    }

    private func defaultObject(
        _ part: TerraformModule.Part,
        _ type: TerraformKind.DefaultType,
        _ kind: TerraformKind
    ) throws(Failure) -> Configuration.Default {
        let field = TerraformField(type.attribute, nil, .reference(kind.command), isRequired: true)
        let members = try TerraformBlockReader(values: values, references: references, part: part)
            .members(of: part.block, [field])
        let reference = members[type.attribute]
        return .object(reference?["name"]?.string ?? reference?["id"]?.string ?? "")
    }

    private func checkSingle(_ parts: [TerraformModule.Part]) throws(Failure) {
        guard parts.count > 1 else { return }
        let reason = "\(parts[1].address.text) is a second default; the other one is in \(parts[0].place)"
        throw parts[1].source.failure(HCLError(offset: parts[1].block.offset, reason: reason))
    }
}

extension TerraformKind {
    /// Whether an organization can be without a default of this kind.
    fileprivate var defaultCanBeCleared: Bool {
        ManagedKinds.defaulted.contains { $0.command == command && $0.canBeCleared }
    }
}

extension DefaultedEntity {
    fileprivate static var canBeCleared: Bool { defaultEndpoints.clear != nil }
}

extension [ConfiguredObject] {
    /// Gives each object a label. Objects without ids that share their names get the labels in `others`, one for each object.
    fileprivate mutating func label(or others: [String]) {
        label()
        var taken: Set<String> = []
        for index in indices where !taken.insert(self[index].label).inserted {
            self[index].label = "\(self[index].name)~\(others[index])"
            taken.insert(self[index].label)
        }
    }
}
