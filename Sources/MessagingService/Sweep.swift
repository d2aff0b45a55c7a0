import Logging
import MessagingContract
import MessagingCore
import ServiceLifecycle

/// Completes at the start what was left, and forgets expired tokens and the history beyond its limits, from the start on and then once
/// in each period.
struct Sweep: Service {
    let identity: Identity
    let integrations: OpenIntegrations
    let organizations: Organizations
    let history: HistoryLimits
    let period: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await integrations.completeWhatWasLeft { error in
                logger.warning(
                    "integrations are left incomplete",
                    metadata: ["cause": "\(error.cause ?? error.message)"]
                )
            }
            while !Task.isCancelled {
                await attempt { () throws(StoreError) in try await identity.sweepExpiredTokens() }
                await attempt { () throws(StoreError) in try await organizations.sweepIdempotencyRecords() }
                await attempt { () throws(StoreError) in try await organizations.sweepHistory(history) }
                try? await Task.sleep(for: period)
            }
        }
    }

    private func attempt(_ sweep: () async throws(StoreError) -> Void) async {
        do {
            try await sweep()
        } catch {
            logger.warning("what is over was not deleted", metadata: ["cause": "\(error)"])
        }
    }
}
