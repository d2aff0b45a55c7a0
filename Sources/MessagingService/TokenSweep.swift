import Logging
import MessagingCore
import ServiceLifecycle

/// Forgets expired tokens once a minute.
struct TokenSweep: Service {
    let identity: Identity
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while true {
                do {
                    try await identity.sweepExpiredTokens()
                } catch {
                    logger.warning("expired tokens were not deleted", metadata: ["cause": "\(error)"])
                }
                do { try await Task.sleep(for: .seconds(60)) } catch { return }
            }
        }
    }
}
