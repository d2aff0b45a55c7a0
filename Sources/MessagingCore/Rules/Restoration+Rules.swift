import MessagingContract

extension Draft {
    /// Brings back what clients had written of an object in an earlier version, as its next version; an object that was deleted comes
    /// back under its id. All else of it is as it was last.
    ///
    /// Throws what ``update(_:_:_:)`` throws for such an object, and 400 when it was deleted and there is no room. Throws
    /// `changedMeanwhile` when the object may not be any more what the history had said; another look into that may help.
    mutating func restore<R: Resource>(_ past: PastVersion<R>) throws(APIError) -> Entry {
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
            throw .changedMeanwhile
        }
        return try change(object, past.id, to: past.request)
    }
}
