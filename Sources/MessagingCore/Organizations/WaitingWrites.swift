import MessagingContract

/// The queues of the organizations that have a committer, and whether writes are refused from now on.
struct WaitingWrites {
    /// The most waiting writes of an organization; one more is refused with 503 and `Retry-After`.
    static let mostWaiting = 4_096

    /// The queues by organization. A queue is empty while its last commit runs.
    private var queues: [String: WriteQueue] = [:]
    /// Whether a write that comes now is refused.
    private var areRefused = false
    /// The number of waiting writes of all organizations.
    private(set) var count = 0

    /// The number of committers.
    var committers: Int { queues.count }

    /// Whether an organization has a committer.
    func contains(_ organization: String) -> Bool { queues[organization] != nil }

    /// Adds a write. Returns whether the organization has no committer, so that the caller has to start one. Throws 503 when the server stops,
    /// or too many writes of the organization wait.
    mutating func append(_ write: any PendingWrite, of organization: String) throws(APIError) -> Bool {
        if areRefused { throw .stopping }
        let waiting = queues[organization]?.count
        if !write.turn.isFirst, waiting ?? 0 >= Self.mostWaiting { throw .tooManyWrites }
        queues[organization, default: WriteQueue()].append(write)
        count += 1
        return waiting == nil
    }

    /// Retires the committer of an organization when no write of it waits. Returns whether it is retired; the next write starts another one.
    mutating func retireIfIdle(_ organization: String) -> Bool {
        if queues[organization]?.isEmpty == false { return false }
        queues[organization] = nil
        return true
    }

    /// Takes the writes of the next commit of an organization as it is.
    mutating func next(of organization: Organization) -> WriteQueue.Group? {
        guard let group = queues[organization.id]?.next(organization) else { return nil }
        count -= group.writes.count
        return group
    }

    /// Puts back writes of the caller's organization, whose committer it is. Returns them instead when they are refused by now.
    mutating func putBack(_ writes: some Collection<any PendingWrite>, of organization: String) -> [any PendingWrite] {
        if areRefused { return Array(writes) }
        queues[organization, default: WriteQueue()].putBack(writes)
        count += writes.count
        return []
    }

    /// Takes all waiting writes of an organization.
    mutating func removeAll(of organization: String) -> [any PendingWrite] {
        let writes = queues[organization]?.removeAll() ?? []
        count -= writes.count
        return writes
    }

    /// Takes all waiting writes, and refuses every later one.
    mutating func refuse() -> [any PendingWrite] {
        areRefused = true
        return queues.keys.flatMap { removeAll(of: $0) }
    }
}

extension APIError {
    /// 503: the server stops, and the write was not begun.
    static let stopping = serviceUnavailable.caused(by: "the server stops")
}
