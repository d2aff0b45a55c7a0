import Synchronization

/// Copies of a value, each with a lock of its own. A thread always uses the same copy, so threads seldom wait for each other.
///
/// There are 16 copies. Two of more than 16 threads may use the same one.
package final class Striped<Value: Sendable>: Sendable {
    private final class Stripe: Sendable {
        let value: Mutex<Value>
        /// Keeps the values of two stripes in different lines of the processor's cache.
        private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

        init(_ value: Value) { self.value = Mutex(value) }
    }

    private let stripes: [Stripe]

    /// Creates the copies of a value.
    package init(_ value: Value) { stripes = (0..<16).map { _ in Stripe(value) } }

    /// Calls `body` with the copy of this thread, which no other thread gets meanwhile.
    package func withLock<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        stripes[ThreadNumber.current % stripes.count].value.withLock(body)
    }

    /// All copies, read one after the other.
    package var values: [Value] { stripes.map { $0.value.withLock { $0 } } }
}

/// The numbers of threads, in the order in which they asked for one.
private enum ThreadNumber {
    private static let last = Atomic(0)

    private static let word = ThreadWord()

    /// The number of this thread, at least 0.
    static var current: Int {
        if let kept = word.value { return Int(bitPattern: kept) }
        if !word.isKept { return 0 }
        let number = last.add(1, ordering: .relaxed).newValue & Int(Int32.max)
        word.value = UnsafeMutableRawPointer(bitPattern: number)
        return number
    }
}
