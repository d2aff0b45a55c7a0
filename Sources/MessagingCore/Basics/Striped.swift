package import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Copies of a value, each with a lock of its own. A thread always uses the same copy, so threads seldom wait for each other.
///
/// There are 16 copies. Two of more than 16 threads may use the same one.
package final class Striped<Value: Sendable>: Sendable {
    @usableFromInline final class Stripe: Sendable {
        @usableFromInline let value: Mutex<Value>
        /// Keeps the values of two stripes in different lines of the processor's cache.
        private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

        init(_ value: Value) { self.value = Mutex(value) }
    }

    @usableFromInline let stripes: [Stripe]

    /// Creates the copies of a value.
    package init(_ value: Value) { stripes = (0..<16).map { _ in Stripe(value) } }

    /// Calls `body` with the copy of this thread, which no other thread gets meanwhile.
    @inlinable package func withLock<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        stripes[ThreadNumber.current % stripes.count].value.withLock(body)
    }

    /// All copies, read one after the other.
    package var values: [Value] { stripes.map { $0.value.withLock { $0 } } }
}

/// The numbers of threads, in the order in which they asked for one.
@usableFromInline enum ThreadNumber {
    private static let last = Atomic(0)

    /// The key of the system under which each thread keeps its number; nil if the system has no more keys.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    /// The number of this thread, at least 0.
    @usableFromInline static var current: Int {
        guard let key else { return 0 }
        if let kept = pthread_getspecific(key) { return Int(bitPattern: kept) }
        let number = last.add(1, ordering: .relaxed).newValue & Int(Int32.max)
        pthread_setspecific(key, UnsafeRawPointer(bitPattern: number))
        return number
    }
}
