public import struct Foundation.Date

/// The part of a ``Store`` that has the effects of commits until they were run. Leases are advisory: an effect may run twice, so running it again has to do no harm.
public protocol EffectStore: Sendable {
    /// Leases effects that are due at a moment and that no server has, the longest due first, at most `limit` of them.
    ///
    /// `longestDelay` is the longest time in seconds from a commit to the moment at which this server's effects are due. An effect that
    /// seems to be due later was stored by a server with a longer delay, or before the wall clock was set back, and is due now. A lease
    /// that seems to end later than any lease can has ended. Throws ``StoreError/unavailable(cause:)`` when they may not have been leased.
    func leaseEffects(
        dueAt moment: Date,
        longestDelay: Double,
        limit: Int
    ) async throws(StoreError) -> [LeasedEffect]

    /// Deletes an effect that was run; does nothing when there is none. Throws ``StoreError/unavailable(cause:)`` when it may not have
    /// been deleted.
    func finishEffect(_ key: Effect.Key, of organization: String) async throws(StoreError)
}
