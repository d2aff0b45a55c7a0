/// The writes that wait for the transaction that runs.
///
/// The next transaction has the write that waits longest, of the heavy ones if there are some, and light ones up to a cost, whatever the
/// cost of the heavy one. So a light write waits for one transaction unless very many wait, and each transaction has at least one heavy
/// write.
struct WaitingSharedWrites<Caller: Sendable>: Sendable {
    /// A write, its cost, and the caller that waits for its outcome.
    struct Waiting: Sendable {
        let write: SharedWrite
        let caller: Caller
        fileprivate let cost: Int

        /// Creates a waiting write.
        init(write: SharedWrite, caller: Caller) {
            self.write = write
            self.caller = caller
            cost = write.cost
        }
    }

    /// The cost of the dearest light write, about a millisecond's work.
    private static var lightCost: Int { 64 << 10 }
    /// The cost at which a transaction ends. The write that reaches it is the last one.
    private static var transactionCost: Int { 1 << 20 }

    private var light: [Waiting] = []
    private var heavy: [Waiting] = []

    /// Adds a write behind the others.
    mutating func append(_ waiting: Waiting) {
        if waiting.cost <= Self.lightCost { light.append(waiting) } else { heavy.append(waiting) }
    }

    /// Takes the writes that share a transaction with this one: light ones first, each in the order in which they came.
    mutating func takeSharing(with write: SharedWrite) -> [Waiting] {
        let own = write.cost
        var cost = own <= Self.lightCost ? own : 0
        let others = Self.take(&light, &cost)
        cost += own <= Self.lightCost ? 0 : own
        return others + Self.take(&heavy, &cost)
    }

    /// Takes the write whose caller makes the next transaction; nil when none waits.
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
