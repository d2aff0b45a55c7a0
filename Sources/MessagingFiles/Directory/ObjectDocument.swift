import MessagingSDK

/// The document of an object in a file.
struct ObjectDocument {
    private let kind: any ManagedEntity.Type
    private let declared: DeclaredField
    private let form: RequestForm

    /// Creates a reader of the documents of a kind.
    init(_ kind: any ManagedEntity.Type) {
        self.kind = kind
        declared = kind.declared
        form = RequestForm(declared)
    }

    /// Reads an object. Throws a failure that begins with the place for a field that is not declared, for a value of another type, and for an
    /// object without a name.
    func object(_ document: JSON, at place: String) throws(Failure) -> ConfiguredObject {
        guard let members = document.object else { throw Self.failure(place, "it must be an object with fields") }
        do {
            try declared.checkMembers(of: document)
        } catch {
            throw Failure(.failed, "unknown.field", "\(place): \(error.message)", next: error.next)
        }
        guard let name = members["name"]?.string, !name.isEmpty else { throw Self.failure(place, "it has no name") }
        var written = form.members(of: document)
        for name in References.names(kind) {
            written[name] = try reference(members[name], name, place)
        }
        let checked = try form.ordered(checked(written, place))
        return ConfiguredObject(id: members["id"]?.string, members: checked, place: place)
    }

    /// Returns the document of an object. It has the id only if the label of the object does.
    func document(_ object: ConfiguredObject) -> JSON {
        var document: JSON.Object = [:]
        if object.label != object.name, let id = object.id { document["id"] = .string(id) }
        for (name, value) in form.ordered(object.members) { document[name] = value }
        return .object(document)
    }

    private func reference(_ value: JSON?, _ name: String, _ place: String) throws(Failure) -> JSON? {
        guard let value, !value.isNull else { return value }
        if let label = value["name"]?.string { return ["name": .string(label)] }
        if let id = value["id"]?.string { return ["id": .string(id)] }
        throw Self.failure(place, "\(name) must have the name of an object, as {\"name\": \"...\"}")
    }

    /// Returns the members of an object with their values in the form in which the API stores them. Secrets, and the ids of other objects, are
    /// not known yet.
    private func checked(_ members: JSON.Object, _ place: String) throws(Failure) -> JSON.Object {
        let references = References.names(kind)
        var request = members
        for name in references where members[name] != nil {
            request[name] = members[name]?.isNull == true ? nil : ["id": "known-later"]
        }
        for name in Secrets.names where members[name].map({ SecretReference.variable($0) != nil }) ?? true {
            request[name] = name == "webhookHeaders" ? nil : .string(String(repeating: "x", count: 16))
        }
        do {
            var checked = try Self.canonical(request, kind)
            for name in references + Secrets.names { checked[name] = members[name] }
            return checked
        } catch {
            let isSecret = Secrets.names.contains { error.path.hasPrefix($0) }
            let message = isSecret ? "has a value that is not allowed" : APIError(error).message
            throw Self.failure(place, message.hasPrefix(error.path) ? message : "\(error.path): \(message)")
        }
    }

    private static func canonical<Entity: ManagedEntity>(
        _ members: JSON.Object,
        _ kind: Entity.Type
    ) throws(FieldError) -> JSON.Object {
        try Entity.Request(json: .object(members)).json.object ?? [:]
    }

    private static func failure(_ place: String, _ message: String) -> Failure {
        Failure(.failed, "invalid.file", "\(place): \(message)")
    }
}
