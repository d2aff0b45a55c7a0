/// What rules changed, as it goes into a commit.
struct Step: Sendable {
    /// The changes in order.
    var changes: [Change] = []
    /// The records of the idempotency keys that were used.
    var idempotency: [IdempotencyRecord] = []
    /// The digests of the tokens that were revoked.
    var revokedTokens: [[UInt8]] = []

    /// The effects of the changes.
    var effects: [Effect] = []
    /// The effects that the changes carry out; the commit deletes them.
    var settledEffects: [Effect.Key] = []

    /// Whether the changes are only made where there is room for their bytes. Deleting and revoking need none, nor does what the
    /// server or its owner does.
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
