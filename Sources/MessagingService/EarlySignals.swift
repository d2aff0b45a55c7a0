import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The signals that come before it is known what handles them.
///
/// Their default action would end the process, or, when it is the first one of a container, they would be lost.
public enum EarlySignals {
    private static let numbers = [SIGTERM, SIGINT, SIGHUP]
    /// A bit for each signal that came. The handler uses nothing else.
    private static let came = Atomic<UInt64>(0)
    /// What the process was started with: `nohup` ignores SIGHUP, say.
    private static let former = Mutex<[Int32: sigaction]>([:])

    /// Keeps SIGTERM, SIGINT and SIGHUP from now on. To be called before anything else of the process.
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

    /// Gives the signals back to the system, also those that were kept: for a process that handles none.
    public static func release() {
        for (number, before) in former.withLock(\.self) {
            var before = before
            sigaction(number, &before, nil)
            if take(number) { raise(number) }
        }
    }

    /// Whether this signal came and was kept; asking again says no.
    static func take(_ number: Int32) -> Bool {
        let bit = UInt64(1) << UInt64(number)
        return came.bitwiseAnd(~bit, ordering: .relaxed).oldValue & bit != 0
    }
}
