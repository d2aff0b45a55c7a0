import MessagingContract
import MessagingCore

extension ReadGate {
    /// Runs work whose memory grows with the data that it reads or creates.
    ///
    /// An organization runs one such work at a time, and all organizations together run few. Waiting work holds nothing but its request.
    /// Throws a 503 if the task was cancelled before its turn.
    func run<Result: Sendable>(
        for organization: String,
        _ work: () async throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        guard await enter(organization) else { throw .serviceUnavailable }
        defer { leave(organization) }
        return try await work()
    }
}
