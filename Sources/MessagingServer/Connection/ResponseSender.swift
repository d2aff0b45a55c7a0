import NIOCore

/// The sender of a connection's responses. It makes the parts of a long body as the client's system takes them.
final class ResponseSender {
    /// Whether any bytes are unsent.
    private(set) var isWaiting = false

    private var body: BodyParts?
    private var ticket: UnsentResponses.Ticket?
    private let socket: SocketEnd
    private let unsent: UnsentResponses
    private let unsentBytes: Int
    private let partBytes: Int

    /// The number of parts that are written before other connections get their turn.
    private static let partsInARow = 16

    init(_ socket: SocketEnd, _ unsent: UnsentResponses, _ limits: Limits, isSecured: Bool) {
        self.socket = socket
        self.unsent = unsent
        unsentBytes = limits.unsentBytes
        partBytes = isSecured ? limits.securedPartBytes : limits.partBytes
    }

    /// The number of bytes for which no part was made yet.
    var unwritten: Int { body?.count ?? 0 }

    /// Writes a whole response, or its beginning and the first part of its `body`. Only the latter are flushed. The previous response must
    /// have been taken.
    func begin(_ first: ByteBuffer, _ body: BodyParts?, _ context: ChannelHandlerContext) {
        context.write(NIOAny(IOData.byteBuffer(first)), promise: nil)
        self.body = body
        if body != nil { _ = writePart(context) }
    }

    /// Writes parts as long as the client's system takes them. Returns whether it must continue soon without waiting for the client's
    /// system, because it stopped to give other connections their turn.
    func proceed(_ context: ChannelHandlerContext) -> Bool {
        var parts = 0
        while socket.waiting == 0, parts < Self.partsInARow, writePart(context) { parts += 1 }
        let waiting = socket.waiting
        isWaiting = waiting > 0 || unwritten > 0
        if isWaiting, ticket == nil {
            let bytes = waiting + (body?.ownBytes ?? 0)
            ticket = unsent.add(bytes, atMost: unsentBytes, cut: socket.cutFromAnyThread(context.eventLoop))
        } else if !isWaiting {
            removeTicket()
        } else if parts > 0, let renewed = ticket.flatMap(unsent.renew) {
            ticket = renewed
        }
        return isWaiting && waiting == 0
    }

    /// Drops all responses, because the connection has ended.
    func cancel() {
        body = nil
        removeTicket()
    }

    /// Writes the next part. Returns false if there is none.
    private func writePart(_ context: ChannelHandlerContext) -> Bool {
        guard let part = body?.next(atMost: partBytes) else {
            body = nil
            return false
        }
        context.writeAndFlush(NIOAny(IOData.byteBuffer(part)), promise: nil)
        return true
    }

    private func removeTicket() {
        if let ticket { unsent.remove(ticket) }
        ticket = nil
    }
}
