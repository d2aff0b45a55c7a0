import NIOCore

/// The unsent rest of a response's body. Each part is made when it is requested, so at most one is in memory.
struct BodyParts {
    private enum Source {
        case own([UInt8], from: Int)
        case shared(ByteBuffer)
    }

    private var source: Source

    /// Creates the parts of a body that belongs to one response. Each part is a copy.
    init(_ bytes: [UInt8]) { source = .own(bytes, from: 0) }

    /// Creates the parts of a body that all connections share. Each part is a slice, so no bytes are copied.
    init(shared buffer: ByteBuffer) { source = .shared(buffer) }

    /// The number of unsent bytes.
    var count: Int {
        switch source {
        case .own(let bytes, let start): bytes.count - start
        case .shared(let buffer): buffer.readableBytes
        }
    }

    /// The number of bytes of memory that are held for this response only.
    var ownBytes: Int {
        switch source {
        case .own(let bytes, _): bytes.count
        case .shared: 0
        }
    }

    /// Returns the next part, of at most `limit` bytes, or nil at the end.
    mutating func next(atMost limit: Int) -> ByteBuffer? {
        let length = min(count, limit)
        guard length > 0 else { return nil }
        switch source {
        case .own(let bytes, let start):
            source = .own(bytes, from: start + length)
            return ByteBuffer(bytes: bytes[start..<start + length])
        case .shared(var buffer):
            let part = buffer.readSlice(length: length)
            source = .shared(buffer)
            return part
        }
    }
}
