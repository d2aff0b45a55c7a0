import ArgumentParser
import Foundation
import MessagingContract
import MessagingService

/// The command `messaging-server backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the whole database to a new file.",
        discussion: """
            Works while the server runs, which then writes the file itself, and while it does not. The copy is of one moment and is checked. \
            It does not have the encryption key, without which secrets in it cannot be opened: keep a copy of that elsewhere.
            """
    )

    @Argument(help: "The file to create.") var file: String
    @OptionGroup var target: Target

    func run() async throws {
        let request = BackupRequest(file: try Target.absolute(file))
        Interruption.discardsWhatIsBegun()
        let administrator = try target.administrator
        let report = try await Terminal.withProgress {
            try await administrator.run(AdministrationCommands.backup, NoParameters(), request) {
                Terminal.showProgress("Copying", $0, $1)
            }
        }
        let place = Target.place(of: report.file, bytes: report.bytes)
        try target.print(report.json) { _ in
            "Backed up to \(place): \(report.bytes) bytes, "
                + (report.keys.isEmpty
                    ? "no encryption key needed" : "encryption keys needed: \(report.keys.joined(separator: ", "))")
        }
    }
}
