import Foundation
import MessagingFiles

/// A command that runs with the standard streams of this program.
struct RecordedCommand: Sendable {
    /// The program and its arguments.
    let arguments: [String]
    /// The environment variables.
    let environment: [String: String]

    /// Runs the command to its end, and returns its exit code; that of a command that a signal ended is 128 and the signal. Throws a failure if
    /// it cannot be started.
    func run() async throws(Failure) -> Int32 {
        let process = try start()
        let end = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: process.wait()) }
        }
        switch end {
        case .exit(let code): return code
        case .signal(let signal): return 128 + signal
        case .unknown: throw Failure(.failed, "command.lost", "the end of \(arguments.first ?? "") is not known")
        }
    }

    private func start() throws(Failure) -> ChildProcess {
        do {
            return try ChildProcess(
                arguments.first ?? "",
                arguments: arguments,
                environment: environment,
                restoring: [SIGINT, SIGTERM, SIGPIPE]
            )
        } catch {
            throw Failure(
                .failed,
                "command.not.started",
                "could not start \(arguments.first ?? ""): \(error.cause)"
            )
        }
    }
}
