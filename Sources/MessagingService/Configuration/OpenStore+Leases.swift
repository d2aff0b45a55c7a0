import MessagingCore
import MessagingPostgres

/// Work that one of the servers with the same database does.
extension OpenStore {
    /// The work.
    enum Work: String { case bootstrap, sweep }

    /// The time after which another server takes over the work of a server that has died. It is far more than the work takes.
    private static let longestWork = Duration.seconds(30)

    /// Takes on work for a time. Returns whether this server has to do it: not if another server has taken it on. Throws the errors of
    /// the store.
    func take(_ work: Work, for time: Duration) async throws(StoreError) -> Bool {
        guard let shared else { return true }
        return try await shared.takeLease(work.rawValue, for: time)
    }

    /// Calls `body` while no other server does the same. Throws the errors of the store and of `body`.
    func alone<Result>(
        _ work: Work,
        in surroundings: Surroundings,
        _ body: () async throws -> Result
    ) async throws -> Result {
        while try await !take(work, for: Self.longestWork) { try await surroundings.sleep(.milliseconds(50)) }
        do {
            let result = try await body()
            await giveUp(work)
            return result
        } catch {
            await giveUp(work)
            throw error
        }
    }

    /// Leaves work to other servers. If that fails, they take it over when its time has passed.
    func giveUp(_ work: Work) async { try? await shared?.giveUpLease(work.rawValue) }
}
