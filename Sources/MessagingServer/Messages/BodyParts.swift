import NIOCore

/// The unsent rest of a response's body. A part of an array is copied when it is requested, so at most one copy of a part is in memory.
struct BodyParts {
    private enum Source {
        case bytes([UInt8], from: Int)
        case buffer(ByteBuffer)
    }

    private var rest: Source
    /// The number of bytes of memory that may be held for this response only, until its last byte is sent.
    let ownBytes: Int

    /// Creates the parts of a body. They are copies of its bytes, or slices if it is in a buffer.
    init(_ body: ResponseBody) {
        switch body {
        case .bytes(let bytes): (rest, ownBytes) = (.bytes(bytes, from: 0), bytes.count)
        case .objects(let objects): (rest, ownBytes) = (.bytes(objects.bytes, from: 0), objects.count)
        case .page(let buffer): (rest, ownBytes) = (.buffer(buffer), buffer.readableBytes)
        case .document(let buffer): (rest, ownBytes) = (.buffer(buffer), 0)
        }
    }

    /// The number of unsent bytes.
    var count: Int {
        switch rest {
        case .bytes(let bytes, let start): bytes.count - start
        case .buffer(let buffer): buffer.readableBytes
        }
    }

    /// Returns the next part, of at most `limit` bytes, or nil at the end.
    mutating func next(atMost limit: Int) -> ByteBuffer? {
        let length = min(count, limit)
        guard length > 0 else { return nil }
        switch rest {
        case .bytes(let bytes, let start):
            rest = .bytes(bytes, from: start + length)
            return ByteBuffer(bytes: bytes[start..<start + length])
        case .buffer(var buffer):
            let part = buffer.readSlice(length: length)
            rest = .buffer(buffer)
            return part
        }
    }
}
