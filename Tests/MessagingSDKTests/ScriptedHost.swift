import Foundation
import MessagingSDK
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

/// A host on a real socket that does with each request what its script says, and keeps what it got.
final class ScriptedHost: Sendable {
    /// A request as it came.
    struct Request: Sendable {
        let method: String
        let target: String
        let fields: [String: String]
        let body: String
    }

    /// What happens to a request.
    enum Deed: Sendable {
        case answer(Int, fields: [String: String] = [:], String = "{}")
        /// The connection is closed without an answer.
        case cut
        /// Nothing ever comes.
        case silence
        /// A head comes, and its body never.
        case stall
    }

    private let script: @Sendable (_ number: Int, Request) -> Deed
    private let state = Mutex((requests: [Request](), open: 0))
    private let listening = Mutex<(any Channel)?>(nil)

    private init(_ script: @escaping @Sendable (_ number: Int, Request) -> Deed) { self.script = script }

    /// Runs `body` with a host that does what `script` says to the request of each number, from 1.
    static func run(
        _ script: @escaping @Sendable (_ number: Int, Request) -> Deed,
        _ body: (ScriptedHost) async throws -> Void
    ) async throws {
        let host = ScriptedHost(script)
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Performer(host))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        host.listening.withLock { $0 = channel }
        do {
            try await body(host)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    var url: URL {
        let port = listening.withLock { $0?.localAddress?.port } ?? 0
        return URL(string: "http://127.0.0.1:\(port)") ?? URL(filePath: "/")
    }

    /// All requests so far, in order.
    var requests: [Request] { state.withLock { $0.requests } }
    /// How many connections are open.
    var connections: Int { state.withLock { $0.open } }

    func waitForConnections(_ count: Int) async throws { try await wait { connections == count } }

    func waitForRequests(_ count: Int) async throws { try await wait { requests.count >= count } }

    /// Waits until a condition holds. Fails after two minutes, which end only what hangs: an attempt of ``client(_:credentials:_:)`` has
    /// more time, so that its end cannot be taken for what the test waits for.
    private func wait(until condition: () -> Bool) async throws {
        let patience = ContinuousClock.now + .seconds(120)
        while !condition() {
            try #require(ContinuousClock.now < patience, "\(connections) connections, \(requests.count) requests")
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    fileprivate func opened(_ change: Int) { state.withLock { $0.open += change } }

    fileprivate func deed(for request: Request) -> Deed {
        let number = state.withLock { state in
            state.requests.append(request)
            return state.requests.count
        }
        return script(number, request)
    }
}

private final class Performer: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let host: ScriptedHost
    private var head: HTTPRequestHead?
    private var body = ""

    init(_ host: ScriptedHost) { self.host = host }

    func channelActive(context: ChannelHandlerContext) { host.opened(1) }
    func channelInactive(context: ChannelHandlerContext) { host.opened(-1) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, "")
        case .body(let bytes): body += String(buffer: bytes)
        case .end:
            guard let head else { return }
            let request = ScriptedHost.Request(
                method: head.method.rawValue,
                target: head.uri,
                fields: Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" },
                body: body
            )
            perform(host.deed(for: request), context)
        }
    }

    private func perform(_ deed: ScriptedHost.Deed, _ context: ChannelHandlerContext) {
        switch deed {
        case .answer(let status, let fields, let text):
            var headers = HTTPHeaders(fields.map { ($0.key, $0.value) })
            headers.add(name: "Content-Length", value: "\(text.utf8.count)")
            let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .cut: context.close(promise: nil)
        case .silence: break
        case .stall:
            let headers: HTTPHeaders = ["Content-Length": "10"]
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers))),
                promise: nil
            )
        }
    }
}

/// What the tests run over: both transports that this library has.
enum TransportKind: CaseIterable, Sendable {
    case platform
    case urlSession

    var transport: any Transport {
        switch self {
        case .platform: PlatformTransport()
        case .urlSession: URLSessionTransport()
        }
    }
}

extension ScriptedHost {
    /// Creates a client with a fixed token that retries quickly. Its times are so long that no slow machine exceeds them.
    func client(
        _ kind: TransportKind = .platform,
        credentials: Credentials = .accessToken("t0ken"),
        transport: (any Transport)? = nil,
        _ change: (inout ClientOptions) -> Void = { _ in }
    ) -> MessagingClient {
        var options = ClientOptions()
        options.retries.firstDelay = .milliseconds(5)
        options.timeout = .seconds(600)
        options.attemptTimeout = .seconds(300)
        change(&options)
        return MessagingClient(
            baseURL: url,
            credentials: credentials,
            options: options,
            transport: transport ?? kind.transport
        )
    }
}
