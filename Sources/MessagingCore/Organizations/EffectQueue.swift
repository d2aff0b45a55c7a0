/// A queue that passes the effects of durable commits from the committers to the ``EffectRunner`` of the same server.
final class EffectQueue: Sendable {
    /// The added effects, in order. Only one loop may read them.
    let effects: AsyncStream<LeasedEffect>
    private let continuation: AsyncStream<LeasedEffect>.Continuation

    init() {
        (effects, continuation) = AsyncStream.makeStream()
    }

    /// Adds the effects of a commit. The store has leased them to this server.
    func add(_ effects: [Effect], of organization: String) {
        for effect in effects {
            continuation.yield(LeasedEffect(organization: organization, effect: effect, attempts: 1))
        }
    }
}
