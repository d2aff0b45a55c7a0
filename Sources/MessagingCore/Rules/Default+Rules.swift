public import MessagingContract

/// The default among the objects of a kind: what an integration gets that names none when it is created.
extension Organization {
    /// The default of a kind; nil when none is set.
    public func getDefault<R: Resource>(_ type: R.Type) -> Entry? {
        guard let pointer = self[.defaultObject][R.kind.rawValue] else { return nil }
        return self[R.kind][pointer.name]
    }

}

extension Draft {
    /// Makes an object the default of its kind. Throws 404 `not.found` when there is no such object.
    public mutating func setDefault<R: Resource>(_ type: R.Type, _ id: String) throws(APIError) -> Entry {
        let entry = try organization.get(R.self, id)
        if organization.getDefault(R.self)?.id != entry.id {
            put(.defaultObject, R.kind.rawValue, ["name": .string(id)])
        }
        return entry
    }

    /// Leaves the kind without a default; does nothing when there is none.
    public mutating func clearDefault<R: Resource>(_ type: R.Type) { remove(.defaultObject, R.kind.rawValue) }
}
