import Foundation
import MessagingFiles

/// The editor of a person: a command of the shell, which may have arguments.
struct Editor {
    /// The command.
    let command: String

    /// Finds the editor in an environment: `VISUAL`, or else `EDITOR`, or else vi.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        command = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
    }

    /// Lets a person edit a file, and returns when the editor has ended. If the program is to end meanwhile, `action` runs before.
    func edit(_ file: String, beforeEnd action: @escaping @Sendable () -> Void) throws(Failure) {
        let signals = try EditorSignals()
        defer { signals.end() }
        signals.beforeEnd(action)
        // The trap lets the shell wait for an editor that handles Ctrl-C, and end with the exit code of the editor.
        let words = ["sh", "-c", "trap : INT QUIT\n\(command) \"$@\"", "sh", file]
        let process: ChildProcess
        do {
            process = try ChildProcess(
                "/bin/sh",
                arguments: words,
                restoring: [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE]
            )
        } catch {
            throw failure("could not be started: \(error.cause)")
        }
        try check(process.wait())
    }

    private func check(_ end: ChildProcess.End) throws(Failure) {
        switch end {
        case .exit(0): return
        case .signal(SIGINT), .exit(128 + SIGINT):
            throw Failure(.cancelled, "cancelled", "the editor was interrupted, and nothing was changed")
        case .exit(127): throw failure("was not found")
        case .exit(let code): throw failure("ended with the exit code \(code)")
        case .signal(let number): throw failure("was ended by the signal \(number)")
        case .unknown: throw failure("was lost")
        }
    }

    private func failure(_ what: String) -> Failure {
        Failure(
            .failed,
            "editor.failed",
            "the editor \(command) \(what), and nothing was changed",
            next: "Set VISUAL or EDITOR to another editor."
        )
    }
}
