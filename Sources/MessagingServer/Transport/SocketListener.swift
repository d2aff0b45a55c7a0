import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The service of a Unix socket's connections. Its initializer binds the socket, so the file exists before any service starts.
struct SocketListener: Service {
    private let connections: ConnectionChannel
    private let listener: NIOAsyncChannel<ConnectionChannel.Value, Never>
    private let logger: Logger

    init(_ connections: ConnectionChannel, path: String, group: MultiThreadedEventLoopGroup, logger: Logger)
        async throws
    {
        self.connections = connections
        self.logger = logger
        listener = try await ServerBootstrap(group: group)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                connections.setup(channel: channel, logger: logger)
            }
    }

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                try await listener.executeThenClose { inbound in
                    for try await connection in inbound { group.addTask { await serve(connection) } }
                }
            }
        } onGracefulShutdown: {
            listener.channel.close(promise: nil)
        }
    }

    private func serve(_ connection: ConnectionChannel.Value) async {
        await withGracefulShutdownHandler {
            await connections.handle(value: connection, logger: logger)
        } onGracefulShutdown: {
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }
}
