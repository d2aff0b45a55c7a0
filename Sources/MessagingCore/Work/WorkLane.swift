@preconcurrency import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Separate threads for work that takes milliseconds, so it blocks no event loop and no thread of Swift's pool.
///
/// Organizations take turns, one job each. So the jobs of one organization delay those of another by one job for each thread. The threads
/// run at a lower priority than all others (on Linux), and their number is half that of processors. So a lane with waiting jobs leaves
/// processor time to the small requests.
package final class WorkLane: Sendable {
    /// The one lane of a process.
    package static let shared = WorkLane(threads: max(1, ProcessInfo.processInfo.activeProcessorCount / 2))

    private typealias Job = @Sendable () -> Void

    /// The waiting jobs, and their organizations in the order of their turns.
    private struct Waiting {
        var jobs: [String: [Job]] = [:]
        var turns: [String] = []
    }

    private let waiting = Mutex(Waiting())
    private let available = DispatchSemaphore(value: 0)

    /// Creates a lane whose threads run as long as the process.
    package init(threads: Int) {
        for number in 0..<threads {
            let thread = Thread { [self] in
                Self.lowerPriority()
                while true {
                    available.wait()
                    next()?()
                }
            }
            thread.name = "messaging.work.\(number)"
            thread.start()
        }
    }

    /// Runs `work` at the organization's turn, and returns its result.
    package func run<Result: Sendable, Failure: Error>(
        for organization: String,
        _ work: @escaping @Sendable () throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let outcome: Swift.Result<Result, Failure> = await withCheckedContinuation { continuation in
            add(to: organization) {
                do throws(Failure) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try outcome.get()
    }

    /// Runs `work` on this number of bytes: on the present thread if it takes less than a millisecond, otherwise like ``run(for:_:)``.
    package func run<Result: Sendable, Failure: Error>(
        onBytes bytes: Int,
        for organization: String,
        _ work: @escaping @Sendable () throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        bytes <= Self.fewBytes ? try work() : try await run(for: organization, work)
    }

    /// The largest number of bytes that can be parsed, decoded or encoded in less than a millisecond.
    private static let fewBytes = 16 * 1_024

    /// The number of waiting jobs.
    package var waitingJobs: Int { waiting.withLock { $0.jobs.values.reduce(0) { $0 + $1.count } } }

    private func add(to organization: String, _ job: @escaping Job) {
        waiting.withLock { waiting in
            if waiting.jobs[organization, default: []].isEmpty { waiting.turns.append(organization) }
            waiting.jobs[organization, default: []].append(job)
        }
        available.signal()
    }

    private func next() -> Job? {
        waiting.withLock { waiting in
            guard !waiting.turns.isEmpty else { return nil }
            let organization = waiting.turns.removeFirst()
            let job = waiting.jobs[organization]?.removeFirst()
            if waiting.jobs[organization]?.isEmpty ?? true {
                waiting.jobs[organization] = nil
            } else {
                waiting.turns.append(organization)
            }
            return job
        }
    }

    /// Lowers the priority of the current thread. On Linux each thread has its own.
    private static func lowerPriority() {
        #if os(Linux) && canImport(Glibc)
            _ = setpriority(.init(PRIO_PROCESS.rawValue), 0, 10)
        #endif
    }
}
