@preconcurrency import Dispatch
import Foundation
import Logging
import MessagingSQLite
import MessagingServer
import Synchronization

/// The signals of the process while it starts, serves and stops. ``EarlySignals`` has those that arrived before.
///
/// They are handled on a queue of their own, so neither a long check of the database nor a busy task delays them.
final class ProcessSignals: Sendable {
    private enum Phase {
        /// No requests are served yet.
        case starting
        /// Requests are served. The closure begins a graceful stop.
        case serving(stop: @Sendable () -> Void)
        /// A stop was requested.
        case stopping
    }

    /// The seconds from the first signal to the exit of the process, even if work is still running. Writing the rest of the log takes at
    /// most one more, so the ten seconds that docs/operations.md promises are kept on a busy machine too.
    private static let longestStop = 8.5

    private let queue = DispatchQueue(label: "messaging.signals")
    /// A separate queue, since reading a file may take long.
    private let reloads = DispatchQueue(label: "messaging.certificate")
    private let sources = Mutex<[any DispatchSourceSignal]>([])
    private let phase = Mutex(Phase.starting)
    private let tls: Mutex<TLS?> = Mutex(nil)
    private let log: LogOutput
    private let logger: Logger

    /// Handles SIGTERM, SIGINT and SIGHUP from now on, until the process exits, and the signals that ``EarlySignals`` kept.
    init(log: LogOutput, logger: Logger) {
        self.log = log
        self.logger = logger
        on(SIGTERM) { $0.stop() }
        on(SIGINT) { $0.stop() }
        on(SIGHUP) { signals in signals.reloads.async { signals.reload() } }
    }

    /// Calls `stop` at the first SIGTERM or SIGINT. Before this call, these signals end the process at once. A second signal exits with 1.
    func serve(stop: @escaping @Sendable () -> Void) {
        phase.withLock { if case .starting = $0 { $0 = .serving(stop: stop) } }
    }

    /// Reads this certificate again at each SIGHUP. Without a certificate, SIGHUP only logs a line.
    func reload(_ tls: TLS) { self.tls.withLock { $0 = tls } }

    private func on(_ number: Int32, _ handle: @escaping @Sendable (ProcessSignals) -> Void) {
        #if canImport(Darwin)
            // On this system, a signal with a default action never reaches the queue. On Linux, an ignored one may be dropped before it
            // does.
            signal(number, SIG_IGN)
        #endif
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler { handle(self) }
        source.setRegistrationHandler { if EarlySignals.take(number) { handle(self) } }
        source.resume()
        sources.withLock { $0.append(source) }
    }

    private func stop() {
        let before = phase.withLock { phase in
            defer { phase = .stopping }
            return phase
        }
        switch before {
        case .starting:
            logger.notice("Stopped before serving requests")
            end(0)
        case .serving(let stop):
            queue.asyncAfter(deadline: .now() + Self.longestStop) { [self] in
                logger.critical("Exited with unanswered requests")
                end(1)
            }
            stop()
        case .stopping:
            end(1)
        }
    }

    private func reload() {
        guard let tls = tls.withLock({ $0 }) else {
            return logger.notice("Ignored SIGHUP: no certificate is configured")
        }
        do {
            try tls.reload()
            logger.notice("Reloaded the certificate")
        } catch {
            logger.error("Could not reload the certificate", metadata: ["cause": "\(error)"])
        }
    }

    /// Ends the process at once. Durable data stays, as after a kill, and unfinished files are deleted. Running work is not waited for, so
    /// no destructor may run.
    private func end(_ code: Int32) -> Never {
        log.flush()
        Drafts.discardAndExit(code)
    }
}
