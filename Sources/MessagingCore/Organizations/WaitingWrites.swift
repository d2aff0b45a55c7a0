import MessagingContract

/// The queues of all organizations that have a committer.
struct WaitingWrites {
    /// The largest number of waiting writes of an organization. Further ones are refused with 503 and `Retry-After`.
    static let mostWaiting = 4_096

    /// The queues by organization. A queue is empty while its last commit runs.
    private var queues: [String: WriteQueue] = [:]
    /// Whether new writes are refused.
    private var areRefused = false
    /// The number of waiting writes of all organizations.
    private(set) var count = 0

    /// The number of committers.
    var committers: Int { queues.count }

    /// Whether an organization has a committer.
    func contains(_ organization: String) -> Bool { queues[organization] != nil }

    /// Adds a write. Returns whether the organization has no committer, so that the caller must start one. Throws 503 if the server is
    /// stopping or too many writes of the organization wait.
    mutating func append(_ write: PendingWrite, of organization: String) throws(APIError) -> Bool {
        if areRefused { throw .stopping }
        let waiting = queues[organization]?.count
        if !write.turn.isFirst, waiting ?? 0 >= Self.mostWaiting { throw .tooManyWrites }
        queues[organization, default: WriteQueue()].append(write)
        count += 1
        return waiting == nil
    }

    /// Retires the committer of an organization if no write of it waits. Returns whether it is retired. The next write starts another one.
    mutating func retireIfIdle(_ organization: String) -> Bool {
        if queues[organization]?.isEmpty == false { return false }
        queues[organization] = nil
        return true
    }

    /// Removes the writes of the next commit of an organization and returns them. Their costs depend on its current value.
    mutating func next(of organization: Organization) -> WriteQueue.Group? {
        guard let group = queues[organization.id]?.next(organization) else { return nil }
        count -= group.writes.count
        return group
    }

    /// Puts writes back into the queue of an organization. Its committer calls this. If writes are refused by now, returns them instead.
    mutating func putBack(_ writes: some Collection<PendingWrite>, of organization: String) -> [PendingWrite] {
        if areRefused { return Array(writes) }
        queues[organization, default: WriteQueue()].putBack(writes)
        count += writes.count
        return []
    }

    /// Removes all waiting writes of an organization and returns them.
    mutating func removeAll(of organization: String) -> [PendingWrite] {
        let writes = queues[organization]?.removeAll() ?? []
        count -= writes.count
        return writes
    }

    /// Removes all waiting writes and returns them. All later writes are refused.
    mutating func refuse() -> [PendingWrite] {
        areRefused = true
        return queues.keys.flatMap { removeAll(of: $0) }
    }
}

extension APIError {
    /// 503: the server is stopping, and the write was not begun.
    static let stopping = serviceUnavailable.caused(by: "the server is stopping")
}
