import NIOCore
import Synchronization

/// The executors of the event loops that have served a connection.
final class LoopExecutors: Sendable {
    private let known = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

    /// Returns the executor of an event loop.
    func of(_ eventLoop: any EventLoop) -> LoopExecutor {
        known.withLock { known in
            let id = ObjectIdentifier(eventLoop)
            if let executor = known[id] { return executor }
            let executor = LoopExecutor(eventLoop)
            known[id] = executor
            return executor
        }
    }
}
