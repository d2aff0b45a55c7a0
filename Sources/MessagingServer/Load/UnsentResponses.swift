import Synchronization

/// The responses of all connections that wait until their clients read them, and the memory that they hold.
///
/// The memory is bounded. Above the limit, connections are cut, beginning with the one that has waited longest since its client took a
/// part. So clients that do not read lose their connections first, whenever their responses began.
final class UnsentResponses: Sendable {
    /// The place of a response in the queue of waiting ones.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Waiting: Sendable {
        let bytes: Int
        let cut: @Sendable () -> Void
    }

    private struct State: Sendable {
        var waiting: [Ticket: Waiting] = [:]
        /// The tickets from `first` on, in the order in which they were issued. Some of them may have been handed back.
        var order: [Ticket] = []
        var first = 0
        var next = 0
        var added = 0
        var bytes = 0
        var cuts = 0

        mutating func append(_ response: Waiting) -> Ticket {
            let ticket = Ticket(number: next)
            next += 1
            waiting[ticket] = response
            order.append(ticket)
            bytes += response.bytes
            compact()
            return ticket
        }

        mutating func remove(_ ticket: Ticket) -> Waiting? {
            let removed = waiting.removeValue(forKey: ticket)
            bytes -= removed?.bytes ?? 0
            return removed
        }

        mutating func oldest() -> Waiting? {
            while first < order.count {
                defer { first += 1 }
                if let found = remove(order[first]) { return found }
            }
            return nil
        }

        /// Drops tickets that were handed back if they are more than half of all.
        mutating func compact() {
            guard order.count > 64, order.count > 2 * waiting.count else { return }
            order = order[first...].filter { waiting[$0] != nil }
            first = 0
        }
    }

    private let state = Mutex(State())

    /// The number of bytes that all responses hold.
    var bytes: Int { state.withLock { $0.bytes } }

    /// The number of connections that were cut since the start because the responses held too many bytes.
    var cuts: Int { state.withLock { $0.cuts } }

    /// The number of responses that were added since the start.
    var added: Int { state.withLock { $0.added } }

    /// Adds a response that holds `bytes`. While all responses hold more than `limit`, it cuts the connections that have waited longest;
    /// the new one is the last of them. `cut` is called at most once, from any thread, outside of all locks.
    func add(_ bytes: Int, atMost limit: Int, cut: @escaping @Sendable () -> Void) -> Ticket {
        let (ticket, cuts) = state.withLock { state in
            state.added += 1
            let ticket = state.append(Waiting(bytes: bytes, cut: cut))
            var cuts: [@Sendable () -> Void] = []
            while state.bytes > limit, let oldest = state.oldest() { cuts.append(oldest.cut) }
            state.cuts += cuts.count
            return (ticket, cuts)
        }
        for cut in cuts { cut() }
        return ticket
    }

    /// Notes that the client of a response took a part of it, so that the response becomes the last waiting one. Returns a new ticket in
    /// place of the old one, or nil if the response is not waiting any more.
    func renew(_ ticket: Ticket) -> Ticket? {
        state.withLock { state in
            guard let waiting = state.remove(ticket) else { return nil }
            return state.append(waiting)
        }
    }

    /// Removes a response that was sent or whose connection ended. A response that is not waiting any more is ignored.
    func remove(_ ticket: Ticket) { state.withLock { _ = $0.remove(ticket) } }
}
