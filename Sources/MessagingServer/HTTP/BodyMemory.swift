import MessagingContract

/// The memory of the body that one connection is receiving, taken from what all connections may have together.
struct BodyMemory {
    private let readiness: Readiness
    private let limit: Int
    private var taken = 0

    /// Creates the account of a connection that has taken nothing; `limit` is the number of bytes for all connections.
    init(_ readiness: Readiness, atMost limit: Int) {
        self.readiness = readiness
        self.limit = limit
    }

    /// Throws 503 with `Retry-After` when there is no room for so many bytes more, and takes none.
    func check(_ bytes: Int) throws(APIError) {
        if bytes > limit - readiness.bodyBytes { throw refusal() }
    }

    /// Takes room for bytes that came. Throws 503 with `Retry-After` when there is none.
    mutating func take(_ bytes: Int) throws(APIError) {
        guard readiness.bodyCame(bytes, atMost: limit) else { throw refusal() }
        taken += bytes
    }

    /// Gives back all that was taken.
    mutating func release() {
        if taken > 0 { readiness.bodyReleased(taken) }
        taken = 0
    }

    private func refusal() -> APIError {
        readiness.bodyRefused()
        return .tooManyBodies
    }
}
