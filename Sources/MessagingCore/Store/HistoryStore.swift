/// The part of a ``Store`` that has the changes of organizations as their history, until they are dropped.
public protocol HistoryStore: Sendable {
    /// Returns a page of the changes of a selection, newest first: at most `limit` of them after the first `offset`, and the number of all.
    /// A negative number counts as 0.
    ///
    /// The number is that of one moment during the call. A change that is dropped between that moment and the return may be missing from
    /// the page. A change that is committed after the call began is not in the page. A page ends before the change with which its records
    /// would have more than ``ChangePage/mostBytes``, but always has its first change.
    ///
    /// May take many short steps. Other calls run between them. Throws ``StoreError/unavailable(cause:)`` if the task is cancelled.
    func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(StoreError) -> ChangePage

    /// Drops the oldest changes of an organization, as far as a cut permits. Each change is dropped only after all earlier ones. Returns
    /// the number of dropped changes, at most `limit`, or fewer if these have many bytes. It is 0 only if there are no more to drop.
    ///
    /// Moves no revision and changes no record. Throws ``StoreError/unavailable(cause:)`` if they may not have been dropped.
    func dropChanges(of organization: String, _ cut: HistoryCut, limit: Int) async throws(StoreError) -> Int
}
