import MessagingContract
import NIOCore

/// A scanner that measures a head byte by byte and finds its end. It accepts only CR LF as the end of a line, so it agrees with the parser
/// on the end of the head.
struct HeadScanner {
    private let limits: Limits
    private var count = 0
    private var lines = 0
    private var lineLength = 0
    private var spaces = 0
    private var previous: UInt8 = 0
    /// The last eight bytes of the method.
    private var method: UInt64 = 0
    private var targetBytes: [UInt8] = []

    /// Creates a scanner at the beginning of a head.
    init(_ limits: Limits) { self.limits = limits }

    /// The received part of the target.
    var target: String { String(decoding: targetBytes, as: UTF8.self) }

    /// Whether the method is HEAD; false until the method is complete.
    var isHead: Bool { method == Self.head && (spaces > 0 || lines > 0) }

    /// Returns how many of these bytes belong to the head: all of them, or fewer if it ends among them. Throws the error that refuses the
    /// head.
    mutating func scan(_ bytes: ByteBufferView) throws(APIError) -> Int {
        var length = 0
        for byte in bytes {
            length += 1
            if try isEnd(byte) { break }
        }
        return length
    }

    private mutating func isEnd(_ byte: UInt8) throws(APIError) -> Bool {
        defer { previous = byte }
        count += 1
        if count > limits.headBytes { throw .headTooLarge(limit: limits.headBytes, fields: limits.fields) }
        if previous == Self.cr, byte != Self.lf { throw .malformed("it has a CR without LF") }
        switch byte {
        case Self.lf:
            if previous != Self.cr { throw .malformed("it has an LF without CR") }
            return try endLine()
        case Self.cr:
            break
        case 0:
            throw .malformed("its head contains a NUL")
        case Self.space where lines == 0:
            spaces += 1
            if lineLength == 0 || previous == Self.space || spaces > 2 {
                throw .malformed("its first line has an extra space")
            }
            lineLength += 1
        case Self.space, Self.tab:
            if lineLength == 0 { throw .malformed("a line of its head begins with a space or tab") }
            lineLength += 1
        default:
            lineLength += 1
            if lines == 0, spaces == 0 { method = method << 8 | UInt64(byte) }
            if lines == 0, spaces == 1 { try appendToTarget(byte) }
        }
        return false
    }

    private mutating func endLine() throws(APIError) -> Bool {
        if lineLength == 0 { return lines > 0 }
        lines += 1
        lineLength = 0
        if lines > limits.fields + 1 { throw .headTooLarge(limit: limits.headBytes, fields: limits.fields) }
        return false
    }

    private mutating func appendToTarget(_ byte: UInt8) throws(APIError) {
        if targetBytes.count == limits.targetBytes { throw .targetTooLong(limit: limits.targetBytes) }
        if targetBytes.isEmpty { targetBytes.reserveCapacity(128) }
        targetBytes.append(byte)
    }

    private static let lf = UInt8(ascii: "\n")
    private static let cr = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    private static let head = "HEAD".utf8.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
}

/// A scanner for CR LF CR LF, which ends the trailers of a chunked body. If chunk data happens to contain it, a piece just ends early.
struct EmptyLineFinder {
    private var matched = 0

    /// Returns the number of bytes up to the end of the first empty line, or of all bytes if there is none.
    mutating func scan(_ bytes: ByteBufferView) -> Int {
        var length = 0
        for byte in bytes {
            length += 1
            let expected = matched % 2 == 0 ? UInt8(ascii: "\r") : UInt8(ascii: "\n")
            matched = byte == expected ? matched + 1 : byte == UInt8(ascii: "\r") ? 1 : 0
            if matched == 4 {
                matched = 0
                break
            }
        }
        return length
    }
}
