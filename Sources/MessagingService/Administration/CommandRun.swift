import Logging
import MessagingCore

/// One run of a command: the author of its changes, its log, and the receiver of its progress.
struct CommandRun: Sendable {
    let author: Author
    let progress: CommandProgress
    var log: Logger.Metadata

    /// Creates a run of the command with this name. `contextID` identifies it in the history and in the log.
    init(_ name: String, contextID: String, progress: @escaping CommandProgress = { _, _ in }) {
        author = .server(name, contextID: contextID)
        self.progress = progress
        log = ["command": "\(name)", "context_id": "\(contextID)"]
    }
}

/// Receives the number of finished pages and of all pages. Throws if its client is gone, which ends the command.
typealias CommandProgress = @Sendable (_ done: Int, _ total: Int) async throws -> Void
