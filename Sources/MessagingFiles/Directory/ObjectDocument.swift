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
        try check(written, place)
        return ConfiguredObject(id: members["id"]?.string, members: written, place: place)
    }

    /// Returns the document of an object. It has the id only if the label of the object does.
    static func document(_ object: ConfiguredObject) -> JSON {
        var document: JSON.Object = [:]
        if object.label != object.name, let id = object.id { document["id"] = .string(id) }
        for (name, value) in object.members { document[name] = value }
        return .object(document)
    }

    private func reference(_ value: JSON?, _ name: String, _ place: String) throws(Failure) -> JSON? {
        guard let value, !value.isNull else { return value }
        if let label = value["name"]?.string { return ["name": .string(label)] }
        if let id = value["id"]?.string { return ["id": .string(id)] }
        throw Self.failure(place, "\(name) must have the name of an object, as {\"name\": \"...\"}")
    }

    private func check(_ members: JSON.Object, _ place: String) throws(Failure) {
        var members = members
        for name in References.names(kind) where members[name] != nil { members[name] = nil }
        do {
            try Self.check(members, kind)
        } catch {
            throw Self.failure(place, APIError(error).message)
        }
    }

    private static func check<Entity: ManagedEntity>(_ members: JSON.Object, _ kind: Entity.Type) throws(FieldError) {
        _ = try Patch<Entity.Request>(json: .object(members))
    }

    private static func failure(_ place: String, _ message: String) -> Failure {
        Failure(.failed, "invalid.file", "\(place): \(message)")
    }
}
