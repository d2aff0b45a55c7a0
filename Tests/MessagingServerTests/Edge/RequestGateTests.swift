import NIOCore
import NIOEmbedded
import Testing

@testable import MessagingServer

@Suite struct RequestGateTests {
    /// A stand-in for the meter. It takes so many bytes at a time, and returns the rest.
    private final class Taker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let gate: RequestGate
        let size: Int
        var taken: [String] = []
        var isInputClosed = false

        init(_ gate: RequestGate, size: Int) {
            self.gate = gate
            self.size = size
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data)
            if let part = bytes.readSlice(length: min(size, bytes.readableBytes)) { taken.append(String(buffer: part)) }
            if bytes.readableBytes > 0 { gate.hold(bytes) }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event { isInputClosed = true }
        }
    }

    private let channel = EmbeddedChannel()
    private let gate: RequestGate
    private let taker: Taker

    init() throws {
        gate = RequestGate(limit: 6)
        taker = Taker(gate, size: 2)
        try channel.pipeline.syncOperations.addHandlers([gate, taker])
    }

    private func come(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    @Test func bytesArePassedOnInOrderOneRequestAtATime() throws {
        try come("abcd")
        try come("ef")
        #expect(taker.taken == ["ab"])
        gate.open()
        #expect(taker.taken == ["ab", "cd"])
        gate.open()
        gate.open()
        #expect(taker.taken == ["ab", "cd", "ef"])
        try come("gh")
        #expect(taker.taken.last == "gh")
    }

    @Test func theEndOfTheInputComesAfterHeldBytes() throws {
        try come("abcd")
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!taker.isInputClosed)
        gate.open()
        #expect(taker.taken == ["ab", "cd"])
        #expect(taker.isInputClosed)
    }

    @Test func bytesOverTheLimitAndAllLaterOnesAreDropped() throws {
        try come("abcd")
        try come("efghij")
        try come("kl")
        for _ in 0..<5 { gate.open() }
        #expect(taker.taken == ["ab", "cd", "ef", "gh"])
        #expect(taker.isInputClosed)
        try come("mn")
        #expect(taker.taken.last == "gh")
    }

    @Test func aCompleteHeadIsDetected() throws {
        try come("ab\r\n\r")
        #expect(!gate.holdsRequest)
        try come("\n")
        #expect(gate.holdsRequest)
        gate.drop()
        #expect(!gate.holdsRequest)
    }
}
