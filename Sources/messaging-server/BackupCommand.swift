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

    @Argument(help: "The file to make.") var file: String
    @OptionGroup var target: Target

    func run() async throws {
        var request = AdministrationRequest(.backup)
        request.file = try Target.absolute(file)
        Interruption.discardsWhatIsBegun()
        let administrator = try target.administrator
        let answer = try await Terminal.withProgress { [request] in
            try await administrator.run(request) { Terminal.showProgress("Copying", $0, $1) }
        }
        let place = Target.place(of: answer, file)
        try target.print(answer) { answer in
            let keys = (answer["keys"]?.array ?? []).compactMap(\.string)
            return "Backed up to \(place): \(answer["bytes"]?.number?.int ?? 0) bytes, "
                + (keys.isEmpty
                    ? "no encryption key needed" : "encryption keys needed: \(keys.joined(separator: ", "))")
        }
    }
}
