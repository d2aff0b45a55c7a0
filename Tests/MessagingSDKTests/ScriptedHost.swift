import Foundation
import MessagingSDK
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

/// A host on a real socket that handles each request as its script states, and records the requests.
final class ScriptedHost: Sendable {
    /// A received request.
    struct Request: Sendable {
        let method: String
        let target: String
        let fields: [String: String]
        let body: String
    }

    /// The action for a request.
    enum Action: Sendable {
        case response(Int, fields: [String: String] = [:], String = "{}")
        /// Closes the connection without a response.
        case cut
        /// Sends nothing.
        case silence
        /// Sends a head, and never its body.
        case stall
    }

    private let script: @Sendable (_ number: Int, Request) -> Action
    private let state = Mutex((requests: [Request](), open: 0))
    private let listening = Mutex<(any Channel)?>(nil)

    private init(_ script: @escaping @Sendable (_ number: Int, Request) -> Action) { self.script = script }

    /// Runs `body` with a host. `script` returns the action for a request and its number, from 1.
    static func run(
        _ script: @escaping @Sendable (_ number: Int, Request) -> Action,
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
    /// The number of open connections.
    var connections: Int { state.withLock { $0.open } }

    func waitForConnections(_ count: Int) async throws { try await wait { connections == count } }

    func waitForRequests(_ count: Int) async throws { try await wait { requests.count >= count } }

    /// Waits until a condition holds. Fails after two minutes, which only ends a test that hangs.
    private func wait(until condition: () -> Bool) async throws {
        let patience = ContinuousClock.now + .seconds(120)
        while !condition() {
            try #require(ContinuousClock.now < patience, "\(connections) connections, \(requests.count) requests")
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    fileprivate func opened(_ change: Int) { state.withLock { $0.open += change } }

    fileprivate func action(for request: Request) -> Action {
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
            perform(host.action(for: request), context)
        }
    }

    private func perform(_ action: ScriptedHost.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .response(let status, let fields, let text):
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

/// The transports of this library, for tests that run over each of them.
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
    /// Creates a client, by default one with a fixed token. Its waits between attempts take no real time, and its deadlines are only reached
    /// when `time` passes.
    func client(
        _ kind: TransportKind = .platform,
        credentials: Credentials = .accessToken("t0ken"),
        transport: (any Transport)? = nil,
        time: ManualTime = ManualTime(skippingWaitsUpTo: .seconds(60)),
        _ change: (inout ClientOptions) -> Void = { _ in }
    ) -> MessagingClient {
        var options = ClientOptions()
        options.retries.firstDelay = .milliseconds(5)
        options.timeout = .seconds(600)
        options.attemptTimeout = .seconds(300)
        options.surroundings = time.surroundings
        change(&options)
        return MessagingClient(
            baseURL: url,
            credentials: credentials,
            options: options,
            transport: transport ?? kind.transport
        )
    }
}
