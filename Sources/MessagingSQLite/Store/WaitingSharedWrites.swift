/// The writes that wait for the transaction that runs.
///
/// A heavy turn is a checkpoint of the log, a drop of history, or a transaction with a heavy commit. Such a transaction also has the light
/// writes that wait, up to a cost. Between two heavy turns the light writes that have come meanwhile have a transaction of their own. So a
/// light write waits for one heavy turn at most, unless very many wait, and at least every second turn is a heavy one while one waits.
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

    /// The cost at which a transaction ends. The write that reaches it is the last one.
    private static var transactionCost: Int { 1 << 20 }

    /// Whether a caller leads: it prepares or makes a transaction, or a checkpoint has its turn.
    private(set) var isLed = false
    private var light: [Waiting] = []
    private var heavy: [Waiting] = []
    /// Whether the last turn was heavy.
    private var wasHeavy = false

    /// Makes a caller lead if nobody does. Returns whether it leads now.
    mutating func lead() -> Bool {
        defer { isLed = true }
        return !isLed
    }

    /// Adds a write behind the others if a caller leads, who takes it later. Otherwise returns true, and the write's own caller leads now.
    mutating func join(_ waiting: Waiting) -> Bool {
        if lead() { return true }
        if waiting.cost > SharedWrite.lightCost { heavy.append(waiting) } else { light.append(waiting) }
        return false
    }

    /// Takes the writes that share a transaction with this one: light ones, and further heavy ones if this one is heavy, each in the order
    /// in which they came.
    mutating func takeSharing(with write: SharedWrite) -> [Waiting] {
        let ownCost = write.cost
        wasHeavy = ownCost > SharedWrite.lightCost
        if !write.isShareable { return [] }
        var cost = wasHeavy ? 0 : ownCost
        let others = Self.take(&light, &cost)
        guard wasHeavy else { return others }
        cost += ownCost
        return others + Self.take(&heavy, &cost)
    }

    /// Takes the light writes that have a transaction of their own before a heavy turn. There are none if the last turn was not heavy and the
    /// light writes share the turn.
    mutating func takeBeforeHeavyTurn(sharing: Bool) -> [Waiting] {
        if sharing, !wasHeavy { return [] }
        wasHeavy = false
        var cost = 0
        return Self.take(&light, &cost)
    }

    /// Notes that the last turn was a checkpoint.
    mutating func noteCheckpoint() { wasHeavy = true }

    /// Ends the lead of a caller. Takes the write whose caller leads next; nil when none waits, and then nobody leads.
    mutating func takeLeader() -> Waiting? {
        if !heavy.isEmpty { return heavy.removeFirst() }
        isLed = !light.isEmpty
        return isLed ? light.removeFirst() : nil
    }

    private static func take(_ waiting: inout [Waiting], _ cost: inout Int) -> [Waiting] {
        var count = 0
        while count < waiting.count, cost < transactionCost, waiting[count].write.isShareable {
            cost += waiting[count].cost
            count += 1
        }
        defer { waiting.removeFirst(count) }
        return Array(waiting[..<count])
    }
}
