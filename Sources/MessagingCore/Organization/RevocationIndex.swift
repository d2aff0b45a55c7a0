/// When tokens of an organization were revoked.
struct RevocationIndex: Sendable {
    /// The last revision in which one was revoked, or a later one.
    var lastRevision: Revision

    init(lastRevision: Revision) { self.lastRevision = lastRevision }
}
