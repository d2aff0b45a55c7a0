import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The signals that arrive before the process handles them.
///
/// Their default action would end the process. In the first process of a container they would be lost instead.
public enum EarlySignals {
    private static let numbers = [SIGTERM, SIGINT, SIGHUP]
    /// A bit for each signal that arrived. The handler uses nothing else.
    private static let came = Atomic<UInt64>(0)
    /// The actions with which the process was started. For example, `nohup` ignores SIGHUP.
    private static let former = Mutex<[Int32: sigaction]>([:])

    /// Keeps SIGTERM, SIGINT and SIGHUP from now on. Call it before any other work of the process.
    public static func keep() {
        came.store(0, ordering: .relaxed)
        former.withLock { former in
            for number in numbers {
                var before = sigaction()
                guard sigaction(number, nil, &before) == 0 else { continue }
                former[number] = before
                signal(number) { EarlySignals.came.bitwiseOr(1 << UInt64($0), ordering: .relaxed) }
            }
        }
    }

    /// Restores the previous actions, and raises the kept signals again. For a process that handles no signals.
    public static func release() {
        for (number, before) in former.withLock(\.self) {
            var before = before
            sigaction(number, &before, nil)
            if take(number) { raise(number) }
        }
    }

    /// Returns whether this signal arrived and was kept, and clears it.
    static func take(_ number: Int32) -> Bool {
        let bit = UInt64(1) << UInt64(number)
        return came.bitwiseAnd(~bit, ordering: .relaxed).oldValue & bit != 0
    }
}
