import MessagingContract
import Synchronization

/// The simulations that run: a number at most in all, and a quarter of it for one organization.
final class RunningSimulations: Sendable {
    private let limit: Int
    private let running = Mutex<[String: Int]>([:])

    /// Creates the account of at most `limit` simulations, of which none runs.
    init(atMost limit: Int) { self.limit = limit }

    /// Runs a simulation of the organization. Throws 503 with `Retry-After` when as many run already as may.
    func run<Result: Sendable>(
        for organization: String,
        _ simulation: () async throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        let isAdmitted = running.withLock { running in
            let own = running[organization] ?? 0
            guard own < max(1, limit / 4), running.values.reduce(0, +) < limit else { return false }
            running[organization] = own + 1
            return true
        }
        guard isAdmitted else { throw .tooManySimulations }
        defer {
            running.withLock { running in
                let own = running[organization] ?? 0
                running[organization] = own > 1 ? own - 1 : nil
            }
        }
        return try await simulation()
    }
}
