import NIOCore

/// The response of a connection that the client's system has not taken yet. A second response is queued only if a request is refused in the
/// middle of its body while its response is being sent.
final class ResponseQueue {
    /// Whether any bytes are unsent.
    private(set) var isWaiting = false

    private var next: [(first: ByteBuffer, body: BodyParts?)] = []
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
    var unwritten: Int {
        (body?.count ?? 0) + next.reduce(0) { $0 + $1.first.readableBytes + ($1.body?.count ?? 0) }
    }

    /// Writes the head of a response and the first part of its body, or keeps them while another one is unsent.
    func append(_ first: ByteBuffer, _ body: BodyParts?, _ context: ChannelHandlerContext) {
        if isWaiting { next.append((first, body)) } else { begin(first, body, context) }
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
        next = []
        body = nil
        removeTicket()
    }

    private func begin(_ first: ByteBuffer, _ body: BodyParts?, _ context: ChannelHandlerContext) {
        self.body = body
        context.write(NIOAny(IOData.byteBuffer(first)), promise: nil)
        if !writePart(context) { context.flush() }
    }

    /// Writes the next part. Returns false if there is none.
    private func writePart(_ context: ChannelHandlerContext) -> Bool {
        if let part = body?.next(atMost: partBytes) {
            context.writeAndFlush(NIOAny(IOData.byteBuffer(part)), promise: nil)
            return true
        }
        body = nil
        guard !next.isEmpty else { return false }
        let (first, body) = next.removeFirst()
        begin(first, body, context)
        return true
    }

    private func removeTicket() {
        if let ticket { unsent.remove(ticket) }
        ticket = nil
    }
}
