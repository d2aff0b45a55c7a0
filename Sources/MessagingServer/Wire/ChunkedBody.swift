import MessagingContract
import NIOCore

/// The parser of a chunked body (RFC 9112, section 7.1), which ends with the trailers. Its work is linear in the bytes.
struct ChunkedBody {
    private enum Phase {
        case size
        case data(left: Int)
        case endOfData
        case trailers(HeadParser)
        case done
    }

    /// The most bytes of a line that begins a chunk, with its extensions.
    private static let lineBytes = 256

    private let fields: Int
    private var phase = Phase.size

    /// Creates a parser at the beginning of the body of a request whose head has this number of fields.
    init(after fields: Int) { self.fields = fields }

    /// Whether the body and its trailers are complete.
    var isComplete: Bool { if case .done = phase { true } else { false } }

    /// Moves data from the beginning of `input` to the end of `data`, until the body is complete or more input is needed. Throws the error
    /// that refuses the request.
    mutating func parse(
        _ input: inout ByteBuffer,
        into data: inout ByteBuffer?,
        _ limits: Limits
    ) throws(APIError) {
        while true {
            switch phase {
            case .size:
                guard let (size, length) = try Self.size(in: input.readableBytesUInt8Span) else { return }
                input.moveReaderIndex(forwardBy: length)
                phase = size == 0 ? .trailers(HeadParser(trailersAfter: fields)) : .data(left: size)
            case .data(let left):
                guard var piece = input.readSlice(length: min(left, input.readableBytes)) else { return }
                if piece.readableBytes == 0 { return }
                let rest = left - piece.readableBytes
                phase = rest == 0 ? .endOfData : .data(left: rest)
                if data == nil { data = piece } else { data?.writeBuffer(&piece) }
            case .endOfData:
                guard input.readableBytes >= 2 else {
                    if input.readableBytesView.first.map({ $0 != UInt8(ascii: "\r") }) ?? false { throw Self.wrongEnd }
                    return
                }
                guard input.readInteger(as: UInt16.self) == 0x0D0A else { throw Self.wrongEnd }
                phase = .size
            case .trailers(var parser):
                guard let (_, length) = try parser.parse(input, limits) else {
                    phase = .trailers(parser)
                    return
                }
                input.moveReaderIndex(forwardBy: length)
                phase = .done
                return
            case .done:
                return
            }
        }
    }

    /// Reads the line that begins a chunk. Returns the size of the chunk and the length of the line, or nil if the line is incomplete.
    private static func size(in span: Span<UInt8>) throws(APIError) -> (size: Int, length: Int)? {
        var size = 0
        var index = 0
        while index < span.count, let digit = span[index].hexValue {
            let (product, isOver) = size.multipliedReportingOverflow(by: 16)
            if isOver || index == lineBytes { throw .malformed("a chunk is too large") }
            size = product | Int(digit)
            index += 1
        }
        guard index < span.count else { return nil }
        guard index > 0, span[index] == UInt8(ascii: "\r") || span[index] == UInt8(ascii: ";") else {
            throw .malformed("a chunk has no size")
        }
        while index < span.count, span[index] == UInt8(ascii: ";") {
            index = try endOfExtension(index + 1, in: span)
            if index > lineBytes { throw .malformed("an extension of a chunk is too long") }
        }
        guard index + 1 < span.count else { return nil }
        guard span[index] == UInt8(ascii: "\r"), span[index + 1] == UInt8(ascii: "\n") else {
            throw .malformed("an extension of a chunk is wrong")
        }
        return (size, index + 2)
    }

    /// Returns the end of an extension, a name with an optional value, or of the bytes if they end in it.
    private static func endOfExtension(_ start: Int, in span: Span<UInt8>) throws(APIError) -> Int {
        var index = span.endOfToken(start)
        if index == start, index < span.count { throw .malformed("an extension of a chunk has no name") }
        guard index < span.count, span[index] == UInt8(ascii: "=") else { return index }
        index += 1
        guard index < span.count, span[index] == UInt8(ascii: "\"") else { return span.endOfToken(index) }
        index += 1
        while index < span.count, span[index] != UInt8(ascii: "\"") {
            if span[index] == UInt8(ascii: "\\") { index += 1 }
            if index < span.count, span[index] < 0x20 && span[index] != UInt8(ascii: "\t") || span[index] == 0x7F {
                throw .malformed("an extension of a chunk is wrong")
            }
            index += 1
        }
        return min(index + 1, span.count)
    }

    private static let wrongEnd = APIError.malformed("a chunk has another length")
}

extension Span<UInt8> {
    /// Returns the place of the first byte from `start` on that no token may contain, or the end.
    fileprivate func endOfToken(_ start: Int) -> Int {
        var index = start
        while index < count, self[index].isToken { index += 1 }
        return index
    }
}
