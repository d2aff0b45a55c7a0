/// The additional part of a ``Store`` that an emulator needs.
public protocol EmulatorStore: Store {
    /// Removes an organization with its records, history, tokens, effects and idempotency keys, whole or not at all. Removing an organization
    /// that does not exist does nothing.
    ///
    /// Throws ``StoreError/unavailable(cause:)`` if it may not have been removed.
    func remove(_ organization: String) async throws(StoreError)

    /// Returns the revision up to which changes of an organization may have been dropped from its history. All later changes exist.
    func droppedRevision(of organization: String) async throws(StoreError) -> Revision
}
