@preconcurrency import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Threads of their own for work that takes milliseconds, so that it holds up no event loop and no thread of Swift's pool.
///
/// Organizations take turns, one job each, so that the jobs of one of them delay another one's by one job for each thread. The threads
/// run at a lower priority than all others (on Linux), and there are half as many as processors: a lane that has jobs waiting still leaves
/// processor time to the small requests.
package final class WorkLane: Sendable {
    /// The one lane of a process.
    package static let shared = WorkLane(threads: max(1, ProcessInfo.processInfo.activeProcessorCount / 2))

    private typealias Job = @Sendable () -> Void

    /// The jobs that wait, and the organizations that have some, in the order of their turns.
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

    /// Runs `work` when it is the organization's turn, and returns what it returns.
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

    /// The number of jobs that wait for a thread.
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

    /// On Linux, a priority belongs to a thread.
    private static func lowerPriority() {
        #if os(Linux) && canImport(Glibc)
            _ = setpriority(.init(PRIO_PROCESS.rawValue), 0, 10)
        #endif
    }
}
