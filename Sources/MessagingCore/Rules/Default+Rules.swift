public import MessagingContract

/// The default among the objects of a kind. An integration that names no object gets the default at its creation.
extension Organization {
    /// Returns the default of a kind, or nil if none is set.
    public func getDefault<R: Resource>(_ type: R.Type) -> Entry? {
        guard let pointer = self[.defaultObject][R.kind.rawValue] else { return nil }
        return self[R.kind][pointer.name]
    }

}

extension Draft {
    /// Makes an object the default of its kind. Throws 404 `not.found` if there is no such object.
    public mutating func setDefault<R: Resource>(_ type: R.Type, _ id: String) throws(APIError) -> Entry {
        let entry = try organization.get(R.self, id)
        if organization.getDefault(R.self)?.id != entry.id {
            put(.defaultObject, R.kind.rawValue, ["name": .string(id)])
        }
        return entry
    }

    /// Removes the default of the kind, if one is set.
    public mutating func clearDefault<R: Resource>(_ type: R.Type) { remove(.defaultObject, R.kind.rawValue) }
}
