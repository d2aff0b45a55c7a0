import Foundation
import HTTPTypes
import MessagingSDK
import MessagingTesting
import Synchronization

/// The servers that a test runs against: the server in this process, and the program.
enum ServerKind: CaseIterable, Sendable {
    case inProcess
    case program

    func run(_ body: (TestedServer) async throws -> Void) async throws {
        switch self {
        case .inProcess:
            let server = try await MessagingTestServer()
            try await body(TestedServer(server.host, try await server.credentials(), server.transport))
        case .program:
            try await ServerProgram.run { server in
                try await body(TestedServer(.server(server.url), server.credentials, PlatformTransport()))
            }
        }
    }
}

/// A server whose requests are counted.
struct TestedServer {
    let host: MessagingHost
    let credentials: Credentials
    let transport: CountingTransport

    init(_ host: MessagingHost, _ credentials: Credentials, _ transport: any Transport) {
        self.host = host
        self.credentials = credentials
        self.transport = CountingTransport(transport)
    }

    /// Creates a client with a token of its own, whose times are measured by `time` or by the system.
    func client(_ time: ManualTime? = nil) -> MessagingClient {
        var options = ClientOptions()
        if let time { options.surroundings = time.surroundings }
        return MessagingClient(host: host, credentials: credentials, options: options, transport: transport)
    }
}

/// A transport that records the heads of its requests.
final class CountingTransport: Transport {
    private let inner: any Transport
    private let heads = Mutex<[HTTPRequest]>([])

    init(_ inner: any Transport) { self.inner = inner }

    var requests: [HTTPRequest] { heads.withLock { $0 } }
    var tokenRequests: Int { requests.filter { $0.path == "/oauth/token" }.count }

    func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        heads.withLock { $0.append(request) }
        return try await inner.send(request, body: body)
    }
}
