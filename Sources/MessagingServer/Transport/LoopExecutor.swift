import MessagingCore
import NIOCore
import Synchronization

/// The executor of the tasks that run on an event loop. It wakes the event loop once for all jobs that come before it begins with them.
final class LoopExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var calls: [@Sendable () -> Void] = []
        /// Whether the event loop is going to run the jobs. It is false while the only wake is put off to the end of a step.
        var isWoken = false
    }

    /// The number of jobs after which the wakes that they have put off are made.
    private static let jobsInAStep = 32

    private let eventLoop: any EventLoop
    private let state = Mutex(State())

    /// Creates the executor of an event loop.
    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        Wakes.atEndOfStep { [self] in wake() }
    }

    /// Makes a call on the event loop, with the same wake as the jobs.
    func call(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.calls.append(body) }
        Wakes.atEndOfStep { [self] in wake() }
    }

    /// Makes a call when the event loop has read its sockets once more, or has had nothing to do for 50 microseconds.
    func afterNextRound(_ body: @escaping @Sendable () -> Void) {
        // The event loop runs tasks without a time before it reads its sockets.
        eventLoop.scheduleTask(in: .microseconds(50), body)
    }

    private func wake() {
        let mustWake = state.withLock { state in
            if state.isWoken || state.jobs.isEmpty && state.calls.isEmpty { return false }
            state.isWoken = true
            return true
        }
        if mustWake { eventLoop.execute { self.run() } }
    }

    /// Runs the jobs and the calls that have come. Those that come meanwhile run after the other work of the event loop.
    private func run() {
        let (jobs, calls) = state.withLock { state in
            defer { state = State() }
            return (state.jobs, state.calls)
        }
        if !calls.isEmpty { Wakes.deferred { for call in calls { call() } } }
        let executor = asUnownedTaskExecutor()
        var rest = jobs[...]
        while !rest.isEmpty {
            Wakes.deferred {
                for job in rest.prefix(Self.jobsInAStep) { job.runSynchronously(on: executor) }
            }
            rest = rest.dropFirst(Self.jobsInAStep)
        }
    }
}
