import Logging
import MessagingCore
import ServiceLifecycle

/// Forgets expired tokens and the history beyond its limits, from the start on and then once in each period.
struct Sweep: Service {
    let identity: Identity
    let organizations: Organizations
    let history: HistoryLimits
    let period: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await identity.sweepExpiredTokens()
                    try await organizations.sweepHistory(history)
                } catch {
                    logger.warning("what is over was not deleted", metadata: ["cause": "\(error)"])
                }
                try? await Task.sleep(for: period)
            }
        }
    }
}
