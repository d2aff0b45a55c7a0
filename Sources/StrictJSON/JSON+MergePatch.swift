extension JSON {
    /// Returns the result of applying a JSON Merge Patch (RFC 7396) to this value.
    ///
    /// A patch that is not an object replaces the whole value. In a patch that is an object, each member changes one member:
    /// - `null` removes the member.
    /// - Any other value is merged into the member of the same name, or is added at the end.
    ///
    /// All other members stay.
    public func merging(patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        let target = object ?? Object()
        var result = Object()
        for (name, value) in target {
            if let change = changes[name] {
                if !change.isNull { result.append(name, value.merging(patch: change)) }
            } else {
                result.append(name, value)
            }
        }
        for (name, change) in changes where !change.isNull && target.place(of: name) == nil {
            result.append(name, JSON.null.merging(patch: change))
        }
        return .object(result)
    }
}
