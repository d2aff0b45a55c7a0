import Foundation

/// Long work that waits for the disk. It runs on a thread of its own, which the system runs when no other thread needs the processor.
package enum LowPriority {
    /// Runs `body` and returns its result.
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
