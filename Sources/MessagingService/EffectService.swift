import Logging
import MessagingContract
import MessagingCore
import MessagingServer
import ServiceLifecycle

/// A service that runs the effects of commits until the server stops.
struct EffectService: Service {
    private let runner: EffectRunner

    /// Creates the service of a server.
    init(_ parts: ServerParts, logger: Logger) {
        runner = parts.effectRunner { effect, error in
            var metadata: Logger.Metadata = ["cause": "\(error.cause ?? error.message)"]
            metadata["effect"] = effect.map { "\($0.effect.key.kind.rawValue)" }
            metadata["organization"] = effect.map { "\($0.organization)" }
            metadata["object"] = effect.map { "\($0.effect.key.object)" }
            metadata["attempts"] = effect.map { "\($0.attempts)" }
            logger.warning("Could not run effects", metadata: metadata)
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await runner.run() }
    }
}
