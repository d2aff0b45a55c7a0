/// The writes that wait for the transaction that runs.
///
/// A transaction with a heavy write has the light ones that wait too, up to a cost. After it the light ones that have come meanwhile have a
/// transaction without a heavy write. So a light write waits for one transaction with a heavy write at most, unless very many wait, and a
/// heavy one has at least every second transaction.
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
    /// Whether the transaction that runs has a heavy write.
    private var isHeavy = false

    /// Adds a write behind the others.
    mutating func append(_ waiting: Waiting) {
        if waiting.cost <= Self.lightCost { light.append(waiting) } else { heavy.append(waiting) }
    }

    /// Takes the writes that share a transaction with this one: light ones, and further heavy ones if this one is heavy, each in the order
    /// in which they came.
    mutating func takeSharing(with write: SharedWrite) -> [Waiting] {
        isHeavy = write.cost > Self.lightCost
        var cost = isHeavy ? 0 : write.cost
        let others = Self.take(&light, &cost)
        guard isHeavy else { return others }
        cost += write.cost
        return others + Self.take(&heavy, &cost)
    }

    /// Takes the write whose caller makes the next transaction; nil when none waits.
    mutating func takeLeader() -> Waiting? {
        let lightGoFirst = isHeavy && !light.isEmpty
        if !lightGoFirst, !heavy.isEmpty { return heavy.removeFirst() }
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
