package import MessagingSDK

/// The merge patch of a step that changes an object.
package enum StepPatch {
    /// Returns the patch that changes only the members with these names. `before` and `after` are the members of the object before and
    /// afterwards. Members that the API merges get only what differs.
    package static func members<Entity: ManagedEntity>(
        _ names: Set<String>,
        from before: JSON.Object,
        to after: JSON.Object,
        _ kind: Entity.Type
    ) -> JSON.Object {
        var patch: JSON.Object = [:]
        for name in names.sorted() {
            let value = after[name] ?? .null
            patch[name] = Entity.Request.merges(name) ? merge(from: before[name], to: value) : value
        }
        return patch
    }

    private static func merge(from before: JSON?, to after: JSON) -> JSON {
        guard let old = before?.object, let new = after.object else { return after }
        var patch: JSON.Object = [:]
        for (name, value) in new where old[name] != value { patch[name] = merge(from: old[name], to: value) }
        for (name, _) in old where new[name] == nil { patch[name] = .null }
        return .object(patch)
    }
}
