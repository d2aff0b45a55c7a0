import NIOCore
import NIOEmbedded
import Testing

@testable import MessagingService

/// How long a command waits for a server that is stopped, by a clock that the test moves.
@Suite struct AnswerDeadlineTests {
    private static func connect() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: AnswerDeadline())
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
        return channel
    }

    @Test func theWaitForASilentServerEnds() throws {
        let channel = try Self.connect()
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        try channel.throwIfErrorCaught()
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(
            throws: StartError("it has not responded within 30 seconds, and may still carry out the command")
        ) {
            try channel.throwIfErrorCaught()
        }
    }

    @Test func afterTheFirstLineACommandMayTakeLong() throws {
        let channel = try Self.connect()
        try channel.writeInbound(ByteBuffer(string: "{\"progress\":[0,0]}"))
        channel.embeddedEventLoop.advanceTime(by: .hours(10))
        try channel.throwIfErrorCaught()
        #expect(try channel.readInbound(as: ByteBuffer.self) != nil)
        _ = try channel.finish()
    }
}
