import MessagingContract
import NIOCore

/// The body of a request that is read as a whole, within a limit and in memory that is taken from its owner's share.
struct BodyCollector {
    /// The bytes that have arrived.
    private(set) var bytes: [UInt8] = []
    private let limit: Int
    private let owner: BodyOwner

    /// Creates a collector of a body of this length. Throws a 413 if it is known to be larger than the limit, and a 503 if there is no
    /// memory for it.
    init(_ length: BodyLength, limit: Int, owner: BodyOwner, _ memory: BodyMemory) throws(APIError) {
        if case .known(let length) = length, length > 0 {
            if length > limit { throw .tooLarge(limit: limit) }
            try memory.check(length, of: owner)
        }
        (self.limit, self.owner) = (limit, owner)
    }

    /// Adds a part. Throws a 413 if the body is too large, and a 503 if there is no memory for the part.
    mutating func add(_ part: ByteBuffer, _ memory: inout BodyMemory) throws(APIError) {
        if part.readableBytes > limit - bytes.count { throw .tooLarge(limit: limit) }
        try memory.take(part.readableBytes, of: owner)
        if bytes.isEmpty { bytes = Array(part.readableBytesView) } else { bytes += part.readableBytesView }
    }
}
