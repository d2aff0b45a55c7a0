#if canImport(AsyncHTTPClient)
    public import AsyncHTTPClient
    import Foundation
    public import HTTPTypes
    import NIOCore
    import NIOHTTP1
    import NIOPosix

    /// The transport over AsyncHTTPClient, the default on Linux.
    public struct AsyncHTTPClientTransport: Transport {
        private let client: HTTPClient

        /// A transport over this client. Without one it is a client that all such transports of the process share: it follows no
        /// redirect, does not retry by itself, and closes what was idle for 30 seconds, before most servers do.
        public init(_ client: HTTPClient? = nil) { self.client = client ?? Self.shared }

        private static let shared: HTTPClient = {
            var configuration = HTTPClient.Configuration()
            configuration.redirectConfiguration = .disallow
            configuration.connectionPool.idleTimeout = .seconds(30)
            configuration.connectionPool.retryConnectionEstablishment = false
            return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        }()

        public func send(
            _ request: HTTPRequest,
            body: [UInt8]
        ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
            do {
                let answer = try await client.execute(Self.request(request, body), deadline: .distantFuture)
                let bytes = try await answer.body.collect(upTo: largestAnswer)
                var head = HTTPResponse(status: .init(code: Int(answer.status.code)))
                for (name, value) in answer.headers {
                    if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
                }
                return (head, Array(bytes.readableBytesView))
            } catch {
                throw Self.reason(for: error)
            }
        }

        private static func request(_ request: HTTPRequest, _ body: [UInt8]) -> HTTPClientRequest {
            let url = "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")"
            var result = HTTPClientRequest(url: url)
            result.method = .RAW(value: request.method.rawValue)
            for field in request.headerFields { result.headers.add(name: field.name.rawName, value: field.value) }
            if !body.isEmpty { result.body = .bytes(ByteBuffer(bytes: body)) }
            return result
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
            case is NIOConnectionError:
                return .notConnected(cause: "\(error)")
            default:
                return .interrupted(cause: "\(error)")
            }
        }
    }
#endif
