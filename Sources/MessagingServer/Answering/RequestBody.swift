import MessagingContract
import Synchronization

/// The body of a request. It is read once, by the task that answers the request: as a whole, or piece by piece while it comes.
public struct RequestBody: Sendable {
    /// Reads the next piece; nil at the end. `limit` is that of the whole body: throws 413 for one that is larger, as soon as that is
    /// known. `owner` is who takes memory for it; without one the body is read while it comes, however long that takes.
    typealias Next = @Sendable (_ limit: Int, _ owner: BodyOwner?) async throws(APIError) -> [UInt8]?

    private let next: Next

    /// A body that is still to come.
    init(_ next: @escaping Next) { self.next = next }

    /// A body that is in memory.
    public init(_ bytes: [UInt8]) {
        let rest = Rest(bytes)
        next = { (limit, _) throws(APIError) in
            if bytes.count > limit { throw .tooLarge(limit: limit) }
            return rest.next()
        }
    }

    /// Reads the whole body, which takes memory of this owner's share.
    func bytes(limit: Int, of owner: BodyOwner) async throws(APIError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await next(limit, owner) {
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        }
        return bytes
    }

    /// The body piece by piece, each read when it is asked for: a client that sends more meanwhile has to wait.
    func pieces(limit: Int) -> Pieces { Pieces(next: next, limit: limit) }

    /// The pieces of a body, none of them empty.
    struct Pieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
        typealias Failure = APIError
        fileprivate let next: Next
        fileprivate let limit: Int

        func makeAsyncIterator() -> Pieces { self }

        func next() async throws(APIError) -> [UInt8]? { try await next(limit, nil) }
    }

    /// What is left of a body in memory.
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
