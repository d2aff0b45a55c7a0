import MessagingContract
import Synchronization

/// The body of a request. It is read once, as a whole or piece by piece as it arrives.
struct RequestBody: Sendable {
    private enum Source {
        case memory([UInt8])
        case connection(any ClientConnection)
    }

    private let source: Source

    /// Creates a body that is in memory.
    init(_ bytes: [UInt8]) { source = .memory(bytes) }

    /// Creates the body of the present request of a connection.
    init(of connection: any ClientConnection) { source = .connection(connection) }

    /// Reads the whole body. A connection takes memory for it from the owner's share.
    ///
    /// Throws:
    /// - a 413 as soon as the body is known to be larger than the limit,
    /// - a 503 if there is no memory for the body,
    /// - the error with which the connection is refused.
    func bytes(limit: Int, of owner: BodyOwner) async throws(APIError) -> [UInt8] {
        switch source {
        case .memory(let bytes):
            if bytes.count > limit { throw .tooLarge(limit: limit) }
            return bytes
        case .connection(let connection):
            return try await connection.body(limit: limit, of: owner)
        }
    }

    /// Returns the pieces of the body. Each is read when it is requested, so a client that sends more must wait.
    ///
    /// Throws a 413 as soon as the body is known to be larger than the limit, and the error with which the connection is refused.
    func pieces(limit: Int) -> Pieces {
        switch source {
        case .memory(let bytes):
            let rest = Rest(bytes)
            return Pieces(limit: limit) { (limit) throws(APIError) in
                if bytes.count > limit { throw .tooLarge(limit: limit) }
                return rest.next()
            }
        case .connection(let connection):
            return Pieces(limit: limit) { (limit) throws(APIError) in try await connection.nextPiece(limit: limit) }
        }
    }

    /// The pieces of a body. No piece is empty.
    struct Pieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
        typealias Failure = APIError
        fileprivate let limit: Int
        fileprivate let next: @Sendable (_ limit: Int) async throws(APIError) -> [UInt8]?

        func makeAsyncIterator() -> Pieces { self }

        func next() async throws(APIError) -> [UInt8]? { try await next(limit) }
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
