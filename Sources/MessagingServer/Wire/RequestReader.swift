import MessagingContract
import NIOCore

/// The framing of a connection's input: it takes bytes and returns the parts of requests.
struct RequestReader {
    /// A part of a request.
    enum Part {
        case head(RequestHead)
        case body(ByteBuffer)
        case end
    }

    /// The place of the reader in a request.
    enum Place {
        case betweenRequests, head, body
    }

    private enum Phase {
        case idle
        case head(HeadParser)
        case body(left: Int)
        case chunked(ChunkedBody)
        /// The rest of the body is refused.
        case failed(APIError)
    }

    private var phase = Phase.idle
    /// The bytes that no part has returned yet.
    private var input = ByteBuffer()
    /// Whether `input` has memory of its own.
    private var isOwnInput = true

    /// Whether no bytes wait.
    var isEmpty: Bool { input.readableBytes == 0 }

    /// Whether the waiting bytes begin with a complete head.
    var holdsHead: Bool { input.readableBytesView.firstRange(of: Self.endOfHead) != nil }

    /// The place of the next part.
    var place: Place {
        switch phase {
        case .idle: .betweenRequests
        case .head: .head
        case .body, .chunked, .failed: .body
        }
    }

    /// The number of bytes of the present body that no part has returned, as far as they are known: nil for a chunked body. It is zero
    /// outside of a body.
    var left: Int? {
        switch phase {
        case .idle, .head: 0
        case .body(let left): left
        case .chunked, .failed: nil
        }
    }

    /// Adds received bytes. With a limit, it keeps at most so many waiting bytes, and returns false if it dropped some.
    mutating func receive(_ bytes: ByteBuffer, atMost limit: Int? = nil) -> Bool {
        if input.readableBytes == 0 {
            input = bytes
            isOwnInput = false
            return true
        }
        var kept = bytes
        if let limit {
            let room = max(0, limit - input.readableBytes)
            kept = bytes.getSlice(at: bytes.readerIndex, length: min(room, bytes.readableBytes)) ?? ByteBuffer()
        }
        let isWhole = kept.readableBytes == bytes.readableBytes
        input.writeBuffer(&kept)
        return isWhole
    }

    /// Returns the next part; nil if its bytes have not arrived. Throws the error that refuses the request.
    mutating func next(_ limits: Limits) throws(APIError) -> Part? {
        switch phase {
        case .idle:
            return isEmpty ? nil : try nextHead(HeadParser(), limits)
        case .head(let parser):
            return try nextHead(parser, limits)
        case .body(let left):
            if left == 0 { return end() }
            if isEmpty { return nil }
            let length = min(left, input.readableBytes, limits.readBytes)
            guard let piece = input.readSlice(length: length) else { return nil }
            phase = .body(left: left - piece.readableBytes)
            return .body(piece)
        case .chunked(var body):
            var data: ByteBuffer?
            do throws(APIError) {
                try body.parse(&input, into: &data, limits)
                phase = .chunked(body)
            } catch {
                phase = .failed(error)
            }
            if let data { return .body(data) }
            if case .failed(let error) = phase { throw error }
            return body.isComplete ? end() : nil
        case .failed(let error):
            throw error
        }
    }

    /// Notes that the request whose head was the last part has no body, and ends it.
    mutating func endWithoutBody() { phase = .idle }

    /// Whether only empty lines wait, which belong to no request.
    var hasOnlyEmptyLines: Bool {
        input.readableBytesView.allSatisfy { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
    }

    /// Drops the waiting bytes, and what was read of the present request.
    mutating func drop() {
        phase = .idle
        input = ByteBuffer()
        isOwnInput = true
    }

    /// Returns the waiting bytes and forgets them.
    mutating func takeRest() -> ByteBuffer {
        defer { drop() }
        return input
    }

    /// Keeps the waiting bytes in memory of their own. Bytes from the socket are part of a larger buffer, which must not live as long.
    ///
    /// Memory of its own is replaced when more than half of it was read. So it stays in proportion to the waiting bytes, and each byte is
    /// copied once on average.
    mutating func settle() {
        if isOwnInput, input.readerIndex <= input.readableBytes { return }
        input = isEmpty ? ByteBuffer() : ByteBuffer(bytes: input.readableBytesView)
        isOwnInput = true
    }

    /// The bytes of memory that the waiting bytes take.
    var memory: Int { input.storageCapacity }

    /// Returns a refusal of the present request with what its head states so far.
    func refusal(_ error: APIError, _ limits: Limits) -> Refusal {
        guard case .head = phase else { return Refusal(error: error, target: "") }
        let (target, isHead) = HeadParser.beginning(of: input, limits)
        return Refusal(error: error, target: target, isHead: isHead)
    }

    private mutating func nextHead(_ parser: HeadParser, _ limits: Limits) throws(APIError) -> Part? {
        var parser = parser
        let parsed: (head: RequestHead, length: Int)?
        do throws(APIError) {
            parsed = try parser.parse(input, limits)
        } catch {
            phase = .head(parser)
            throw error
        }
        guard let (head, length) = parsed else {
            phase = .head(parser)
            return nil
        }
        input.moveReaderIndex(forwardBy: length)
        switch head.length {
        case .known(let length): phase = .body(left: length)
        case .chunked: phase = .chunked(ChunkedBody(after: head.fields))
        }
        return .head(head)
    }

    private mutating func end() -> Part {
        phase = .idle
        return .end
    }

    private static let endOfHead = Array("\r\n\r\n".utf8)
}
