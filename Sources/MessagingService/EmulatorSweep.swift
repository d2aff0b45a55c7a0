import Logging
import MessagingContract
import MessagingEmulator
import ServiceLifecycle

/// A service that deletes the organizations of an emulator whose lifetime is over, once a second.
struct EmulatorSweep: Service {
    private let emulator: EmulatorExtension
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger

    init(_ emulator: EmulatorExtension, sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger) {
        (self.emulator, self.sleep, self.logger) = (emulator, sleep, logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do throws(APIError) {
                    try await emulator.sweep()
                } catch {
                    logger.warning(
                        "Could not delete an organization",
                        metadata: ["cause": "\(error.cause ?? error.message)"]
                    )
                }
                try? await sleep(.seconds(1))
            }
        }
    }
}
