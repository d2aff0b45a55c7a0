import Synchronization

/// A limit on long reads. One read for each organization and a fixed number in all run at a time. While a read runs alone, no other read
/// runs. Other reads wait in line, and the organizations take turns.
package final class ReadGate: Sendable {
    fileprivate struct State {
        var running: Set<String> = []
        /// Whether the running read runs alone.
        var isAlone = false
        /// The waiting reads, and whether each is to run alone. A cancelled read is missing here and stays in its line.
        var waiting: [UInt64: (continuation: CheckedContinuation<Bool, Never>, isAlone: Bool)] = [:]
        /// The waiting reads of each organization, in order.
        var lines: [String: [UInt64]] = [:]
        /// The organizations with waiting reads, in the order of their turns.
        var organizations: [String] = []
        var lastID: UInt64 = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Creates a gate for at most `limit` reads at a time.
    package init(limit: Int) { self.limit = limit }

    /// Waits until a read of the organization may run. Returns false if the task was cancelled meanwhile. After true, call ``leave(_:)``
    /// once. A read that runs `alone` begins when no other read runs. Once it is next in line, no other read begins before it.
    package func enter(_ organization: String, alone: Bool = false) async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.waiting[id] = (continuation, alone)
                    state.lines[organization, default: []].append(id)
                    if state.lines[organization]?.count == 1 { state.organizations.append(organization) }
                    return false
                }
                if isCancelled { continuation.resume(returning: false) } else { admit() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: id) }?.continuation.resume(returning: false)
            admit()  // A cancelled read that was to run alone may have blocked the others.
        }
    }

    /// Ends a read of the organization.
    package func leave(_ organization: String) {
        state.withLock {
            $0.running.remove(organization)
            $0.isAlone = false
        }
        admit()
    }

    /// The number of waiting reads.
    package var count: Int { state.withLock { $0.waiting.count } }

    private func admit() {
        while let continuation = state.withLock({ $0.next(limit: limit) }) { continuation.resume(returning: true) }
    }
}

extension ReadGate.State {
    /// Removes and returns the next waiting read that may run.
    fileprivate mutating func next(limit: Int) -> CheckedContinuation<Bool, Never>? {
        while !isAlone, running.count < limit, let index = organizations.firstIndex(where: { !running.contains($0) }) {
            let isNextAlone = lines[organizations[index]]?.first.flatMap { waiting[$0]?.isAlone } ?? false
            if isNextAlone, !running.isEmpty { return nil }
            let organization = organizations.remove(at: index)
            guard var line = lines.removeValue(forKey: organization) else { continue }
            let next = waiting.removeValue(forKey: line.removeFirst())
            if !line.isEmpty {
                lines[organization] = line
                organizations.append(organization)
            }
            if let next {
                running.insert(organization)
                isAlone = next.isAlone
                return next.continuation
            }
        }
        return nil
    }
}
