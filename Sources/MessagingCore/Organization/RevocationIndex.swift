/// When tokens of an organization were revoked.
struct RevocationIndex: Sendable {
    /// The last revision in which one was revoked, or a later one.
    fileprivate(set) var lastRevision: Revision

    init(lastRevision: Revision) { self.lastRevision = lastRevision }
}

extension DerivedIndex {
    static let revocations = DerivedIndex { $0.revocations.lastRevision = $1.revision }
}

extension Organization {
    /// The last revision in which a token was revoked, or a later one.
    var tokenRevision: Revision { indexes.revocations.lastRevision }
}
