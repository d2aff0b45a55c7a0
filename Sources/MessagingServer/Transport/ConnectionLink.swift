import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore

/// The way from the tasks of a connection's requests back to its handler, on its event loop. Tasks run on the event loop too, so a request
/// that waits needs no other thread.
final class ConnectionLink: ClientConnection {
    private let handler: NIOLoopBound<ConnectionHandler>
    private let channel: any Channel
    private let executor: LoopExecutor

    /// Creates the link to a handler. Must be called on the event loop of the channel.
    init(_ handler: ConnectionHandler, _ channel: any Channel, _ executor: LoopExecutor) {
        self.executor = executor
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        self.channel = channel
    }

    /// Runs the work of a request in a task on the event loop, and continues with the step that it returns.
    func run(_ work: @escaping @Sendable () async -> Step) -> Task<Void, Never> {
        Task(executorPreference: executor) {
            let step = await work()
            self.onLoop { $0.continue(with: step) }
        }
    }

    /// Checks the revision of an organization, and calls `then` on the event loop with the outcome.
    func check(
        _ organization: String,
        _ organizations: Organizations,
        _ then: @escaping (Result<Revision, APIError>) -> Void
    ) {
        let then = NIOLoopBound(then, eventLoop: channel.eventLoop)
        organizations.check(organization) { [executor] outcome in
            organizations.holdChecks()
            executor.call {
                then.value(outcome)
                if organizations.releaseChecks() { executor.afterNextRound { organizations.restartChecks() } }
            }
        }
    }

    // MARK: ClientConnection

    var isOpen: Bool { channel.isActive }

    func sendInterim(_ status: HTTPResponse.Status, _ fields: HTTPFields) async throws {
        let isSent = await withCheckedContinuation { continuation in
            onLoop { continuation.resume(returning: $0.sendInterim(status, fields)) }
        }
        if !isSent { throw ChannelError.ioOnClosedChannel }
    }

    func body(limit: Int, of owner: BodyOwner) async throws(APIError) -> [UInt8] {
        let body: Result<[UInt8], APIError> = await withCheckedContinuation { continuation in
            onLoop { $0.readBody(limit: limit, of: owner) { continuation.resume(returning: $0) } }
        }
        return try body.get()
    }

    func nextPiece(limit: Int) async throws(APIError) -> [UInt8]? {
        let piece: Result<[UInt8]?, APIError> = await withCheckedContinuation { continuation in
            onLoop { $0.readPiece(limit: limit) { continuation.resume(returning: $0) } }
        }
        return try piece.get()
    }

    private func onLoop(_ action: @escaping @Sendable (ConnectionHandler) -> Void) {
        if channel.eventLoop.inEventLoop {
            action(handler.value)
        } else {
            channel.eventLoop.execute { action(self.handler.value) }
        }
    }
}
