#if os(Linux)
    public import AsyncHTTPClient
    import Foundation
    public import HTTPTypes
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import NIOSSL
    import Synchronization

    /// The transport over AsyncHTTPClient, the default on Linux.
    public struct AsyncHTTPClientTransport: Transport {
        private let client: HTTPClient

        /// Creates a transport over a client. Without one, it uses a client that all such transports of the process share. That client
        /// follows no redirect, does not retry, has at most 64 connections to a host, and closes connections that were idle for 30 seconds,
        /// before most servers do.
        public init(_ client: HTTPClient? = nil) { self.client = client ?? Self.shared }

        private static let shared = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)

        /// The clients for proxies. A client must not be freed while it is open, so they stay until the process ends.
        private static let proxied = Mutex<[HTTPProxy: HTTPClient]>([:])

        /// Creates a transport that reaches every host through a proxy. All such transports of the process share a client.
        package init(proxy: HTTPProxy) {
            client = Self.proxied.withLock { clients in
                if let client = clients[proxy] { return client }
                var configuration = Self.configuration
                configuration.proxy = .server(
                    host: proxy.host,
                    port: proxy.port,
                    authorization: proxy.user.map { .basic(username: $0, password: proxy.password) }
                )
                let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
                clients[proxy] = client
                return client
            }
        }

        private static var configuration: HTTPClient.Configuration {
            var configuration = HTTPClient.Configuration()
            configuration.redirectConfiguration = .disallow
            configuration.connectionPool.idleTimeout = .seconds(30)
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
            configuration.connectionPool.retryConnectionEstablishment = false
            return configuration
        }

        public func send(
            _ request: HTTPRequest,
            body: [UInt8]
        ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
            try await send(request, body, deadline: nil)
        }

        public func send(
            _ request: HTTPRequest,
            body: [UInt8],
            until deadline: ContinuousClock.Instant
        ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
            try await send(request, body, deadline: Self.deadline(deadline))
        }

        /// Sends a request through the older of the client's two interfaces. Its deadline includes the body; that of the other one ends
        /// with the head.
        private func send(
            _ request: HTTPRequest,
            _ body: [UInt8],
            deadline: NIODeadline?
        ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
            do {
                let request = try Self.request(request, body)
                let accumulator = ResponseAccumulator(request: request, maxBodySize: largestResponse)
                let exchange = client.execute(request: request, delegate: accumulator, deadline: deadline)
                let response = try await withTaskCancellationHandler {
                    try await exchange.get()
                } onCancel: {
                    exchange.cancel()
                }
                var head = HTTPResponse(status: .init(code: Int(response.status.code)))
                head.headerFields.reserveCapacity(response.headers.count)
                for (name, value) in response.headers {
                    if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
                }
                return (head, response.body.map { Array($0.readableBytesView) } ?? [])
            } catch {
                throw Self.reason(for: error)
            }
        }

        private static func request(_ request: HTTPRequest, _ body: [UInt8]) throws -> HTTPClient.Request {
            var fields = HTTPHeaders()
            fields.reserveCapacity(request.headerFields.count + 2)
            for field in request.headerFields { fields.add(name: field.name.rawName, value: field.value) }
            return try HTTPClient.Request(
                url: "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")",
                method: HTTPMethod(rawValue: request.method.rawValue),
                headers: fields,
                body: body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: body))
            )
        }

        /// Returns the deadline on the client's own clock. The client has timers of its own and no way to pass them in, so this is real time.
        private static func deadline(_ deadline: ContinuousClock.Instant) -> NIODeadline {
            let (seconds, attoseconds) = min(deadline - .now, .never).components
            return .now() + .seconds(seconds) + .nanoseconds(attoseconds / 1_000_000_000)
        }

        private static func reason(for error: any Error) -> TransportError {
            if Task.isCancelled { return .cancelled }
            switch error {
            case let error as HTTPClientError where [.deadlineExceeded, .readTimeout, .writeTimeout].contains(error):
                return .timedOut
            case let error as HTTPClientError
            where [.connectTimeout, .tlsHandshakeTimeout, .emptyScheme, .emptyHost].contains(error):
                return .notConnected(cause: "\(error)")
            case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
                return .notConnected(cause: String(cString: strerror(error.errnoCode)))
            case is NIOConnectionError, is NIOSSLExtraError:
                return .notConnected(cause: "\(error)")
            case NIOSSLError.handshakeFailed(let cause):
                return .notConnected(cause: HandshakeFailure.text("\(cause)"))
            default:
                return .interrupted(cause: "\(error)")
            }
        }
    }
#endif
