import MessagingContract
import MessagingCore

extension ReadGate {
    /// Runs work whose memory grows with what it reads or makes. An organization has one such work at a time, and all together have few:
    /// what waits for its turn holds nothing but its request.
    ///
    /// Throws 503 when the task was cancelled before its turn.
    func run<Result: Sendable>(
        for organization: String,
        _ work: () async throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        guard await enter(organization) else { throw .serviceUnavailable }
        defer { leave(organization) }
        return try await work()
    }
}
