import ArgumentParser
import Foundation
import MessagingContract
import MessagingService

/// The command `messaging-server restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Restore the database from a backup, while no server uses it.",
        discussion:
            "The whole backup is checked before anything is changed. All tokens become invalid: clients request new ones."
    )

    @Argument(help: "The backup.") var file: String
    @Flag(help: "Replace the existing database, which is kept beside it under another name.") var replace = false
    @Flag(help: "Keep the tokens of the backup, even those that were revoked after it was made.") var keepTokens = false
    @OptionGroup var target: Target

    func run() async throws {
        if file.isEmpty { throw StartError("the path of the file is empty") }
        let answer = try target.administrator.restore(
            file,
            replacing: replace,
            keepingTokens: keepTokens
        )
        try target.print(answer, lines)
    }

    private func lines(_ answer: JSON) -> String {
        let count = answer["organizations"]?.number?.int ?? 0
        var lines = ["Restored \(answer["database"]?.string ?? "") from \(file): \(count.counted("organization"))."]
        if let replaced = answer["replaced"]?.string {
            lines.append("The previous database is kept as \(replaced).")
        }
        if answer["replaced"] == nil, let log = answer["replacedLog"]?.string {
            lines.append("A log without its database is kept as \(log).")
        }
        if answer["isBackup"] == false {
            lines.append(
                "The file was not made by the command backup: if it had a log, the changes in that log are missing."
            )
        }
        if let kept = answer["keptTokens"]?.number?.int {
            lines.append(
                "\(kept.counted("token")) of the backup kept until they expire, even those that were revoked after it was made."
            )
        } else {
            let ended = answer["endedTokens"]?.number?.int ?? 0
            lines.append("All tokens are invalid, \(ended) of the backup and all newer ones: clients request new ones.")
        }
        lines.append(
            "Clients are as in the backup: a client that was deleted or got a new secret after the backup has its old secret again."
        )
        lines += answer.keyLines(without: "the server does not start")
        return lines.joined(separator: "\n")
    }
}
