import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore
import NIOWebSocket
import Testing

@testable import MessagingServer

/// The switch of a connection to a WebSocket, with an echo in the place of a real service.
@Suite(.generousLimit) struct WebSocketTests {
    /// Sends each frame with text back.
    private final class Echo: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        typealias OutboundOut = WebSocketFrame

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            guard frame.opcode == .text else { return context.close(promise: nil) }
            let back = WebSocketFrame(fin: true, opcode: .text, data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(back), promise: nil)
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is ChannelShouldQuiesceEvent { context.close(promise: nil) }
        }
    }

    private static let endpoint = Endpoint<NoParameters, NoBody, WebSocketOpening>(
        "getEcho",
        .get,
        "/echo",
        access: .open,
        tag: "Test",
        summary: "Echo frames"
    )

    private static func responder() -> Responder {
        var routes = Routes(of: [endpoint.operation])
        routes.on(endpoint) { (_, _, call) throws(APIError) in
            try Reply(openingFor: call.request, frameBytes: 1_024) { [Echo()] }
        }
        return Responder(routes, identity: nil, in: .system, logger: .silent)
    }

    /// The handshake of RFC 6455, section 1.3, with other values of some fields.
    private static func opening(_ changes: [String: String] = [:], version: String = "1.1") -> String {
        var fields = [
            "Host": "test", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
        ]
        for (name, value) in changes { fields[name] = value }
        let lines = fields.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }
        return "GET /echo HTTP/\(version)\r\n\(lines.joined())\r\n"
    }

    /// A masked frame with a text.
    private static func frame(_ text: String) -> [UInt8] {
        [0x81, 0x80 | UInt8(text.utf8.count), 0, 0, 0, 0] + Array(text.utf8)
    }

    private static func run(_ body: (TimedConnection) async throws -> Void) async throws {
        try await TimedConnection.run(responder: responder(), body)
    }

    @Test func framesInTheSegmentOfTheRequestAreEchoed() async throws {
        try await Self.run { connection in
            try await connection.send(Array(Self.opening().utf8) + Self.frame("one") + Self.frame("two").prefix(4))
            let answer = try await connection.answer()
            #expect((answer.status, answer.isWellFormed) == (101, true))
            #expect(answer.fields["upgrade"] == "websocket")
            #expect(answer.fields["connection"] == "Upgrade")
            #expect(answer.fields["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(answer.fields["content-length"] == nil)
            #expect(try await connection.unreadBytes() == [0x81, 3] + Array("one".utf8))
            try await connection.send(Array(Self.frame("two").dropFirst(4)) + Self.frame("three"))
            #expect(
                try await connection.unreadBytes()
                    == [0x81, 3] + Array("one".utf8) + [0x81, 3] + Array("two".utf8) + [0x81, 5] + Array("three".utf8)
            )
        }
    }

    @Test func aWebSocketHasNoDeadlineOfHTTP() async throws {
        try await Self.run { connection in
            #expect(try await connection.ask(Self.opening()).status == 101)
            await connection.pass(.seconds(10_000))
            #expect(connection.isOpen)
            try await connection.send(Self.frame("late"))
            #expect(try await connection.unreadBytes() == [0x81, 4] + Array("late".utf8))
        }
    }

    @Test(arguments: [
        (["Upgrade": ""], 426), (["Upgrade": "h2c"], 426), (["Connection": "keep-alive"], 426),
        (["Sec-WebSocket-Version": "12"], 426), (["Sec-WebSocket-Key": ""], 400), (["Sec-WebSocket-Key": "abc"], 400),
    ])
    func anotherRequestIsRefusedAndTheConnectionStays(_ changes: [String: String], _ status: Int) async throws {
        try await Self.run { connection in
            let answer = try await connection.ask(Self.opening(changes))
            #expect((answer.status, answer.closes) == (status, false))
            if status == 426 {
                #expect(answer.fields["upgrade"] == "websocket")
                #expect(answer.fields["connection"] == "Upgrade")
                #expect(answer.fields["sec-websocket-version"] == "13")
            }
            #expect(try await connection.ask(Self.opening()).status == 101)
        }
    }

    @Test func anHTTP10ClientOpensNone() async throws {
        try await Self.run { connection in
            let answer = try await connection.ask(Self.opening(version: "1.0"))
            #expect((answer.status, answer.closes) == (426, true))
        }
    }

    @Test func itEndsWhenTheClientHasClosedItsSendingSide() async throws {
        try await Self.run { connection in
            #expect(try await connection.ask(Self.opening()).status == 101)
            try await connection.pass(event: ChannelEvent.inputClosed)
            #expect(!connection.isOpen)
        }
    }

    @Test func itEndsWithAFrameWithoutAMask() async throws {
        try await Self.run { connection in
            #expect(try await connection.ask(Self.opening()).status == 101)
            try await connection.send([0x81, 1, 0x61])
            #expect(!connection.isOpen)
            #expect(try await connection.unreadBytes() == [])
        }
    }

    @Test func itsHandlersAreToldWhenTheServerStops() async throws {
        try await Self.run { connection in
            #expect(try await connection.ask(Self.opening()).status == 101)
            try await connection.pass(event: ChannelShouldQuiesceEvent())
            #expect(!connection.isOpen)
        }
    }

    @Test func aServerThatDrainsOpensNoWebSocket() async throws {
        try await Self.run { connection in
            connection.server.load.drain()
            let answer = try await connection.ask(Self.opening())
            #expect((answer.status, answer.closes) == (503, true))
        }
    }
}
