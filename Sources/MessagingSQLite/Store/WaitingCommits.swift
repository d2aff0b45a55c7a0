import MessagingCore

/// The commits that wait for the transaction that runs.
///
/// The next transaction has the commit that waits longest, of the heavy ones if there are some, and light ones up to a cost. So a light
/// commit waits for one transaction, and each transaction has at least one heavy commit.
struct WaitingCommits<Caller: Sendable>: Sendable {
    /// A commit, its cost, and the caller that waits for its outcome.
    struct Waiting: Sendable {
        let commit: Commit
        let caller: Caller
        fileprivate let cost: Int

        /// Creates a waiting commit.
        init(commit: Commit, caller: Caller) {
            self.commit = commit
            self.caller = caller
            cost = commit.cost
        }
    }

    /// The cost of the dearest light commit, about a millisecond's work.
    private static var lightCost: Int { 64 << 10 }
    /// The cost at which a transaction ends. The commit that reaches it is the last one.
    private static var transactionCost: Int { 1 << 20 }

    private var light: [Waiting] = []
    private var heavy: [Waiting] = []

    /// Adds a commit behind the others.
    mutating func append(_ waiting: Waiting) {
        if waiting.cost <= Self.lightCost { light.append(waiting) } else { heavy.append(waiting) }
    }

    /// Takes the commits that share a transaction with this one: light ones first, each in the order in which they came.
    mutating func takeSharing(with commit: Commit) -> [Waiting] {
        var cost = commit.cost
        return Self.take(&light, &cost) + Self.take(&heavy, &cost)
    }

    /// Takes the commit whose caller makes the next transaction; nil when none waits.
    mutating func takeLeader() -> Waiting? {
        if !heavy.isEmpty { return heavy.removeFirst() }
        return light.isEmpty ? nil : light.removeFirst()
    }

    private static func take(_ waiting: inout [Waiting], _ cost: inout Int) -> [Waiting] {
        var count = 0
        while count < waiting.count, cost < transactionCost {
            cost += waiting[count].cost
            count += 1
        }
        defer { waiting.removeFirst(count) }
        return Array(waiting[..<count])
    }
}

extension Commit {
    /// The cost in bytes that are written, where each statement costs as much as a kilobyte.
    fileprivate var cost: Int {
        let statements =
            1 + changes.count + idempotency.count + revokedTokens.count + effects.count + settledEffects.count
        return changes.reduce(statements << 10) { $0 + ($1.before?.count ?? 0) + ($1.after?.count ?? 0) }
    }
}
