public import struct Foundation.Date

/// The part of a ``Store`` that has the effects of commits until they have run. Leases are advisory, so an effect may run twice, and
/// running it again must do no harm.
public protocol EffectStore: Sendable {
    /// Leases effects that are due at a moment and that no server has. Returns at most `limit` of them, the one with the earliest due time
    /// first.
    ///
    /// `longestDelay` is the longest time in seconds from a commit to the due time of this server's effects. An effect that seems to be due
    /// later is due now: it comes from a server with a longer delay, or from before the wall clock was set back. A lease that seems to end
    /// later than any lease can has ended. Throws ``StoreError/unavailable(cause:)`` if the effects may not have been leased.
    func leaseEffects(
        dueAt moment: Date,
        longestDelay: Double,
        limit: Int
    ) async throws(StoreError) -> [LeasedEffect]

    /// Deletes an effect that has run, if it exists. Throws ``StoreError/unavailable(cause:)`` if it may not have been deleted.
    func finishEffect(_ key: Effect.Key, of organization: String) async throws(StoreError)
}
