import MessagingContract

/// The writes that wait for their turn, whether they are refused from now on, and whether somebody commits them.
struct WaitingWrites {
    /// How many writes of one organization may wait; one more is refused with 503 and `Retry-After`.
    static let mostWaiting = 4_096

    var queue = WriteQueue()
    /// Whether a write that comes now is refused.
    var areRefused = false
    private var isCommitting = false

    /// Adds a write; returns whether the caller has to begin to commit. Throws 503 when the server stops, or too many writes of the
    /// organization wait.
    mutating func append(_ write: any PendingWrite, of organization: String) throws(APIError) -> Bool {
        if areRefused { throw .stopping }
        if !write.turn.isFirst, queue.count(of: organization) >= Self.mostWaiting { throw .tooManyWrites }
        queue.append(write, of: organization)
        return beginCommitting()
    }

    /// Whether the caller has to begin to commit, since nobody does.
    mutating func beginCommitting() -> Bool {
        defer { isCommitting = true }
        return !isCommitting
    }

    /// Puts writes back that were not applied; returns them when they are refused by now.
    mutating func putBack(_ writes: some Collection<any PendingWrite>, of organization: String) -> [any PendingWrite] {
        if areRefused { return Array(writes) }
        queue.putBack(writes, of: organization)
        return []
    }

    /// Takes the writes of the next round, see ``WriteQueue/nextRound(ready:known:)``. An empty round that is the last one ends the
    /// committing, and the next write begins it anew.
    mutating func nextRound(
        isLastIfEmpty: Bool,
        ready: (String) -> Bool,
        known: (String) -> Organization?
    ) -> [WriteQueue.Group] {
        let round = queue.nextRound(ready: ready, known: known)
        if round.isEmpty, isLastIfEmpty { isCommitting = false }
        return round
    }
}

extension APIError {
    /// 503: the server stops, and the write was not begun.
    static let stopping = serviceUnavailable.caused(by: "the server stops")
}
