import MessagingSDK

/// References of objects to other objects, in the forms of files and of requests.
enum References {
    /// Returns members whose references have the form that `form` makes of them. The parameters of `form` are the command of the kind of the
    /// other object and the reference.
    static func replaced(
        in members: JSON.Object,
        of kind: any ManagedEntity.Type,
        _ form: (String, JSON) throws(Failure) -> JSON
    ) throws(Failure) -> JSON.Object {
        var members = members
        for (path, other) in kind.references {
            guard let name = path.split(separator: ".").first.map(String.init), let reference = members[name],
                !reference.isNull
            else { continue }
            members[name] = try form(other.command, reference)
        }
        return members
    }

    /// The names of the members of a kind that are references, always in the same order.
    static func names(_ kind: any ManagedEntity.Type) -> [String] {
        kind.references.keys.sorted().compactMap { $0.split(separator: ".").first.map(String.init) }
    }
}
