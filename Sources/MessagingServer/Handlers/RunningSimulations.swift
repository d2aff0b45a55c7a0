import MessagingContract
import Synchronization

/// The running simulations. Their number is limited, and an organization may run a quarter of the limit.
final class RunningSimulations: Sendable {
    private let limit: Int
    private let running = Mutex<[String: Int]>([:])

    /// Creates the account of running simulations with a limit. None runs yet.
    init(atMost limit: Int) { self.limit = limit }

    /// Runs a simulation of the organization. Throws a 503 with `Retry-After` if a limit is reached.
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
