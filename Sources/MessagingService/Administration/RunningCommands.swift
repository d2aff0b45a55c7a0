import Synchronization

/// The commands that run for the clients of the administration socket. Each runs in a task of its own, on Swift's threads, since it may work
/// for long. A stopping server cancels all of them.
final class RunningCommands: Sendable {
    private struct State {
        var isStopping = false
        var number = 0
        /// The closures that cancel the running commands.
        var cancellations: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Runs a command and returns its result. It is cancelled with the present task, and when the server stops.
    func run<Result: Sendable>(_ command: @escaping @Sendable () async -> Result) async -> Result {
        let task = Task { await command() }
        let cancel = { @Sendable in task.cancel() }
        let (number, isStopping) = state.withLock { state in
            state.number += 1
            state.cancellations[state.number] = cancel
            return (state.number, state.isStopping)
        }
        defer { state.withLock { _ = $0.cancellations.removeValue(forKey: number) } }
        if isStopping { cancel() }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            cancel()
        }
    }

    /// Cancels all running commands, and all later ones when they begin.
    func stop() {
        let cancellations = state.withLock { state in
            state.isStopping = true
            return state.cancellations.values
        }
        for cancel in cancellations { cancel() }
    }
}
