import Foundation

/// Work that takes long and waits for the disk: on a thread of its own, which the system runs when nobody else wants the processor.
package enum LowPriority {
    /// Runs `body` and returns what it returns.
    package static func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                #if canImport(Glibc)
                    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
                #elseif canImport(Musl)
                    setpriority(Int32(PRIO_PROCESS), 0, 19)
                #endif
                continuation.resume(returning: body())
            }
            thread.qualityOfService = .background
            thread.start()
        }
    }
}
