/// Hands the effects of durable commits from the committer to the ``EffectRunner`` of the same server.
final class EffectQueue: Sendable {
    /// The effects that were added, in order; one loop may read them.
    let effects: AsyncStream<LeasedEffect>
    private let continuation: AsyncStream<LeasedEffect>.Continuation

    init() {
        (effects, continuation) = AsyncStream.makeStream()
    }

    /// Adds the effects of a commit, which the store has leased to this server.
    func add(_ effects: [Effect], of organization: String) {
        for effect in effects {
            continuation.yield(LeasedEffect(organization: organization, effect: effect, attempts: 1))
        }
    }
}
