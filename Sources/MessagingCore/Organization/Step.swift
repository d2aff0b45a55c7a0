/// What rules changed, as it goes into a commit.
struct Step: Sendable {
    /// The changes in order.
    var changes: [Change] = []
    /// The records of the idempotency keys that were used.
    var idempotency: [IdempotencyRecord] = []
    /// The digests of the tokens that were revoked.
    var revokedTokens: [[UInt8]] = []

    /// Adds a later step.
    mutating func append(_ step: Step) {
        changes += step.changes
        idempotency += step.idempotency
        revokedTokens += step.revokedTokens
    }
}
