package import MessagingSDK

extension Patch {
    /// Returns the object that the API makes of an object and this patch. The API merges some members, and replaces all others as a whole.
    package func applied(to object: JSON) -> JSON {
        guard let changes = json.object else { return object }
        var result = object.object ?? [:]
        for (name, change) in changes {
            if change.isNull {
                result[name] = nil
            } else if Object.merges(name) {
                let merged = (result[name] ?? [:]).merging(patch: change)
                result[name] = merged.object?.isEmpty == true ? nil : merged
            } else {
                result[name] = change
            }
        }
        return .object(result)
    }
}

extension WireObject {
    /// Returns whether a patch merges the member with this name.
    static func merges(_ name: String) -> Bool {
        guard let path = fields.first(where: { $0.name == name })?.path else { return false }
        let type = type(of: path).valueType
        return ((type as? any OptionalMember.Type)?.wrapped ?? type) is any MergedObject.Type
    }
}

/// A member that need not have a value.
private protocol OptionalMember {
    static var wrapped: Any.Type { get }
}

extension Optional: OptionalMember {
    fileprivate static var wrapped: Any.Type { Wrapped.self }
}
