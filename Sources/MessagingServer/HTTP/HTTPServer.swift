import HummingbirdCore
public import Logging
import NIOCore
public import NIOPosix
public import ServiceLifecycle

/// The HTTP/1.1 transport: hands requests of connections to a ``Responder``.
public struct HTTPServer: Sendable {
    private let responder: Responder
    private let readiness: Readiness
    private let limits: Limits
    private let tls: TLS?
    private let logger: Logger
    /// Whether reads that need no waiting are answered where they arrive; false only to compare both ways.
    package var readsAtOnce = true

    /// A transport for this responder; with `tls` it speaks HTTPS only.
    public init(
        responder: Responder,
        readiness: Readiness,
        limits: Limits = Limits(),
        tls: TLS? = nil,
        logger: Logger
    ) {
        self.responder = responder
        self.readiness = readiness
        self.limits = limits
        self.tls = tls
        self.logger = logger
    }

    /// The service that listens. `onListening` gets the port, which is a free one when 0 was asked for.
    ///
    /// It stops gracefully: what was read is answered before a connection closes.
    public func service(
        host: String,
        port: Int,
        eventLoopGroup: MultiThreadedEventLoopGroup,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        Server(
            childChannelSetup: ConnectionChannel(
                responder: responder,
                readiness: readiness,
                limits: limits,
                tls: tls,
                readsAtOnce: readsAtOnce
            ),
            configuration: ServerConfiguration(address: .hostname(host, port: port), backlog: 1_024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            eventLoopGroup: eventLoopGroup,
            logger: logger
        )
    }
}
