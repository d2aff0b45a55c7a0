import HummingbirdCore
public import Logging
import MessagingCore
import NIOCore
public import NIOPosix
public import ServiceLifecycle

/// The HTTP/1.1 transport. It passes the requests of connections to a ``Responder``.
public struct HTTPServer: Sendable {
    private let responder: Responder
    private let load: ServerLoad
    private let limits: Limits
    private let tls: TLS?
    private let logger: Logger
    private let executors = LoopExecutors()

    /// Creates a transport for this responder. With `tls` it speaks only HTTPS.
    public init(
        responder: Responder,
        load: ServerLoad,
        limits: Limits = Limits(),
        tls: TLS? = nil,
        logger: Logger
    ) {
        self.responder = responder
        self.load = load
        self.limits = limits
        self.tls = tls
        self.logger = logger
    }

    /// Returns the service that listens. `onListening` gets the port, which the system chooses if `port` is 0.
    ///
    /// It stops gracefully: every request that was read gets its response before its connection closes.
    public func service(
        host: String,
        port: Int,
        eventLoopGroup: MultiThreadedEventLoopGroup,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        Server(
            childChannelSetup: connections,
            configuration: ServerConfiguration(address: .hostname(host, port: port), backlog: 1_024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            eventLoopGroup: eventLoopGroup,
            logger: logger
        )
    }

    /// Listens on a Unix socket at `path`, replaces a socket that a process left there, and returns the service of its connections. Throws
    /// if the path cannot be bound.
    ///
    /// The service stops gracefully, like that of a port.
    package func listen(
        unixSocket path: String,
        eventLoopGroup: MultiThreadedEventLoopGroup
    ) async throws -> any Service {
        try await SocketListener(connections, path: path, group: eventLoopGroup, logger: logger)
    }

    private var connections: ConnectionChannel {
        ConnectionChannel(
            service: ConnectionService(
                responder: responder,
                load: load,
                limits: limits,
                tls: tls,
                date: DateField(clock: responder.surroundings.now),
                executors: executors
            )
        )
    }
}
