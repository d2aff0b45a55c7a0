import Logging
import MessagingServer
import ServiceLifecycle
import UnixSignals

/// Reads the certificate again on SIGHUP. One that cannot be used is told to the log, and the old one stays.
struct CertificateReload: Service {
    private let tls: TLS
    private let signals: UnixSignalsSequence
    private let logger: Logger

    /// Takes over SIGHUP at once.
    init(_ tls: TLS, logger: Logger) async {
        self.tls = tls
        self.logger = logger
        signals = await UnixSignalsSequence(trapping: .sighup)
    }

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {
            do {
                try tls.reload()
                logger.notice("the certificate was read again")
            } catch {
                logger.error("the certificate stays as it is", metadata: ["cause": "\(error)"])
            }
        }
    }
}
