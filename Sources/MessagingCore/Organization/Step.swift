/// The result of one or more runs of rules, in the form for a commit.
struct Step: Sendable {
    /// The changes in order.
    var changes: [Change] = []
    /// The records of the used idempotency keys.
    var idempotency: [IdempotencyRecord] = []
    /// The digests of the revoked tokens.
    var revokedTokens: [[UInt8]] = []

    /// The effects of the changes.
    var effects: [Effect] = []
    /// The effects whose result the changes are. The commit deletes them.
    var settledEffects: [Effect.Key] = []

    /// Returns whether the changes are only made if there is room for their bytes. Deletions and revocations need no room, and neither do
    /// changes by the server or its owner.
    func needsRoom(by author: Author) -> Bool {
        author.client != nil && changes.contains { !$0.isInternal && $0.after != nil }
    }

    /// Adds a later step.
    mutating func append(_ step: Step) {
        changes += step.changes
        idempotency += step.idempotency
        revokedTokens += step.revokedTokens
        effects += step.effects
        settledEffects += step.settledEffects
    }
}
