import MessagingContract
import Synchronization

/// The body of a request. The task that handles the request reads it once, as a whole or piece by piece as it arrives.
public struct RequestBody: Sendable {
    /// Reads the next piece; returns nil at the end.
    ///
    /// `limit` is the limit of the whole body. Throws a 413 as soon as the body is known to be larger. `owner` takes memory for the body.
    /// Without an owner the body is read as it arrives, however long that takes.
    typealias Next = @Sendable (_ limit: Int, _ owner: BodyOwner?) async throws(APIError) -> [UInt8]?

    private let next: Next

    /// Creates a body that has not been received yet.
    init(_ next: @escaping Next) { self.next = next }

    /// Creates a body that is in memory.
    public init(_ bytes: [UInt8]) {
        let rest = Rest(bytes)
        next = { (limit, _) throws(APIError) in
            if bytes.count > limit { throw .tooLarge(limit: limit) }
            return rest.next()
        }
    }

    /// Reads the whole body. It takes memory from the owner's share.
    func bytes(limit: Int, of owner: BodyOwner) async throws(APIError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await next(limit, owner) {
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        }
        return bytes
    }

    /// Returns the pieces of the body. Each is read when it is requested, so a client that sends more must wait.
    func pieces(limit: Int) -> Pieces { Pieces(next: next, limit: limit) }

    /// The pieces of a body. No piece is empty.
    struct Pieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
        typealias Failure = APIError
        fileprivate let next: Next
        fileprivate let limit: Int

        func makeAsyncIterator() -> Pieces { self }

        func next() async throws(APIError) -> [UInt8]? { try await next(limit, nil) }
    }

    /// The unread rest of a body in memory.
    private final class Rest: Sendable {
        private static let pieceSize = 64 * 1_024
        private let bytes: Mutex<ArraySlice<UInt8>>

        init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes[...]) }

        func next() -> [UInt8]? {
            bytes.withLock { bytes in
                defer { bytes = bytes.dropFirst(Self.pieceSize) }
                return bytes.isEmpty ? nil : Array(bytes.prefix(Self.pieceSize))
            }
        }
    }
}
