import NIOCore
import NIOEmbedded
import Testing

@testable import MessagingService

/// The limits of a connection of the administration, by a clock that the test moves.
@Suite struct AdministrationLimitsTests {
    private static func connect(_ open: AdministrationLimits.Count = .init()) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: AdministrationLimits(open))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
        return channel
    }

    private static func line(_ channel: EmbeddedChannel) throws -> String? {
        try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
    }

    private static func pass(_ seconds: Int64, _ channel: EmbeddedChannel) {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
    }

    @Test func aRequestThatDoesNotComeEndsTheConnection() throws {
        let channel = try Self.connect()
        Self.pass(9, channel)
        #expect(channel.isActive)
        Self.pass(2, channel)
        #expect(try Self.line(channel) == "{\"error\":\"the request was not received within 10 seconds\"}\n")
        #expect(!channel.isActive)
    }

    @Test func aCommandMayRunForLongAndTheNextRequestHasItsTime() throws {
        let channel = try Self.connect()
        try channel.writeInbound(ByteBuffer(string: "{}"))
        Self.pass(3_600, channel)
        try channel.writeOutbound(ByteBuffer(string: "{\"progress\":[1,2]}\n"))
        Self.pass(3_600, channel)
        try channel.writeOutbound(ByteBuffer(string: "{\"result\":1}\n"))
        try channel.triggerUserOutboundEvent(AdministrationLimits.Answered()).wait()
        #expect(try Self.line(channel) == "{\"progress\":[1,2]}\n")
        #expect(try Self.line(channel) == "{\"result\":1}\n")
        Self.pass(9, channel)
        try channel.writeInbound(ByteBuffer(string: "{}"))
        Self.pass(60, channel)
        #expect(channel.isActive)
        try channel.triggerUserOutboundEvent(AdministrationLimits.Answered()).wait()
        Self.pass(11, channel)
        #expect(try Self.line(channel) == "{\"error\":\"no request came within 10 seconds\"}\n")
        #expect(!channel.isActive)
    }

    @Test func aConnectionTooManyIsRefusedAndOneThatEndsMakesRoom() throws {
        let open = AdministrationLimits.Count()
        let channels = try (0..<16).map { _ in try Self.connect(open) }
        let more = try Self.connect(open)
        #expect(try Self.line(more)?.hasPrefix("{\"error\":\"there are 16 connections") == true)
        #expect(!more.isActive)
        try channels[0].close().wait()
        #expect(try Self.connect(open).isActive)
    }
}
