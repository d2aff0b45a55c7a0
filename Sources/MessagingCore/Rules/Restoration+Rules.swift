import MessagingContract

extension Draft {
    /// Restores the part of an object that clients had written in an earlier version, as its next version. The rest keeps its last values.
    /// A deleted object gets its id again. Throws:
    ///
    /// - The errors of ``update(_:_:_:)`` for such an object.
    /// - 400 if the object was deleted and there is no room.
    ///
    /// Returns nil, without a change, if the state of the object may differ from what was read in the history. Reading the history again may
    /// help.
    mutating func restore<R: Resource>(_ past: PastVersion<R>) throws(APIError) -> Entry? {
        var object: R
        switch (organization[R.kind][past.id], past.fate) {
        case (let entry?, .present(let version)) where past.isNumbered || entry.version == version:
            object = try organization.decode(entry)
            try object.checkMutable()
        case (nil, .deleted(let last)) where organization.hasKeptAll(R.kind, since: past.revision):
            try checkRoom(for: R.kind)
            object = last
            object.willBeRestored(newID: stamp.id)
        default:
            return nil
        }
        return try change(object, past.id, to: past.request)
    }
}
