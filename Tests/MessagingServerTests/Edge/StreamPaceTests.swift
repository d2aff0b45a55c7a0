import MessagingContract
import NIOCore
import NIOEmbedded
import Testing

@testable import MessagingServer

/// The time limits of a body that is read while it arrives, by a clock that the test moves.
@Suite struct StreamPaceTests {
    /// A connection in the middle of a body, without a parser. The test decides whether the server reads.
    private struct Connection {
        let channel = EmbeddedChannel()
        let meter: ConnectionMeter
        let refusals = Refusals()

        init(isStream: Bool) throws {
            let socket = SocketEnd()
            let gate = RequestGate(limit: 1_024)
            meter = ConnectionMeter(Limits(), socket, gate, UnsentResponses(), isSecured: false)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers([socket, gate, meter, refusals])
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try channel.writeInbound(ByteBuffer(string: "POST / HTTP/1.1\r\nHost: test\r\n\r\n"))
            meter.headEnded(.known(1 << 30))
            if isStream { meter.bodyIsStream() }
        }

        /// The server reads, and then so many bytes come.
        func come(_ count: Int) throws {
            channel.read()
            try channel.writeInbound(ByteBuffer(repeating: 0x20, count: count))
        }

        func pass(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }
    }

    private final class Refusals: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private(set) var all: [Refusal] = []

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if let refusal = event as? Refusal { all.append(refusal) }
        }
    }

    @Test func aWholeBodyHasTheTimeOfARequest() throws {
        let connection = try Connection(isStream: false)
        for _ in 0..<29 {
            try connection.come(100_000)
            connection.pass(1)
        }
        #expect(connection.refusals.all.isEmpty)
        connection.pass(2)
        #expect(connection.refusals.all.map(\.error.status) == [408])
    }

    @Test func aStreamThatKeepsItsPaceHasNoTimeLimit() throws {
        let connection = try Connection(isStream: true)
        for _ in 0..<600 {
            try connection.come(16 * 1_024)
            connection.channel.read()
            connection.pass(1)
        }
        #expect(connection.refusals.all.isEmpty)
    }

    @Test func aStreamThatIsTooSlowIsRefused() throws {
        let connection = try Connection(isStream: true)
        for second in 0..<60 {
            if second == 18 { #expect(connection.refusals.all.isEmpty) }
            try connection.come(8 * 1_024)
            connection.channel.read()
            connection.pass(1)
        }
        #expect(connection.refusals.all.map(\.error.status) == [408])
    }

    @Test func aStalledStreamIsRefusedHoweverFastItWas() throws {
        let connection = try Connection(isStream: true)
        try connection.come(100_000_000)
        connection.channel.read()
        connection.pass(9)
        #expect(connection.refusals.all.isEmpty)
        connection.pass(2)
        #expect(connection.refusals.all.map(\.error.status) == [408])
    }

    @Test func timeInWhichTheServerDoesNotReadDoesNotCount() throws {
        let connection = try Connection(isStream: true)
        for _ in 0..<10 {
            try connection.come(1)
            connection.pass(3_600)
        }
        #expect(connection.refusals.all.isEmpty)
        connection.channel.read()
        connection.pass(9)
        #expect(connection.refusals.all.isEmpty)
        connection.pass(2)
        #expect(connection.refusals.all.map(\.error.status) == [408])
    }
}
