import ArgumentParser
import Foundation
import MessagingContract
import MessagingService

/// The command `messaging-server export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write one organization to a new file, as a JSON document.",
        discussion: "Works while the server runs, which then writes the file itself, and while it does not."
    )

    @Argument(help: "The file to make.") var file: String
    @Option(help: "The organization; needed when there are several.") var organization: String?
    @Flag(help: "Include the secrets of integrations, in the clear, and the digests of client secrets.")
    var withSecrets = false
    @OptionGroup var target: Target

    func run() async throws {
        var request = AdministrationRequest(.exportOrganization)
        request.file = try Target.absolute(file)
        Interruption.discardsWhatIsBegun()
        request.organization = organization
        request.withSecrets = withSecrets
        let answer = try await target.administrator.run(request)
        let place = Target.place(of: answer, file)
        try target.print(answer) { answer in
            let line =
                "Exported \(answer.line("name")) to \(place): "
                + "\(answer["bytes"]?.number?.int ?? 0) bytes"
            if !withSecrets { return "\(line), without secrets" }
            return
                "\(line)\nThe file has secrets in the clear: keep it as you keep the encryption key, and delete it when it is not needed."
        }
    }
}

/// The command `messaging-server import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Create an organization from an exported document.",
        discussion: """
            Works while the server runs, which then reads the file itself, and while it does not. Secrets that the document does not have \
            are made anew and shown once.
            """
    )

    @Argument(help: "The document.") var file: String
    @Flag(name: .customLong("new-id"), help: "Give the organization another id than it has in the document.")
    var newID = false
    @OptionGroup var target: Target

    func run() async throws {
        var request = AdministrationRequest(.importOrganization)
        request.file = try Target.absolute(file)
        request.newID = newID
        let answer = try await target.administrator.run(request)
        do {
            try target.print(answer, Self.lines)
        } catch {
            let id = answer["id"]?.string ?? ""
            throw StartError(
                "\(error); the new secrets of organization \(id) are lost: messaging-server clients list, clients rotate"
            )
        }
    }

    private static func lines(_ answer: JSON) -> String {
        var lines = ["Imported \(answer.line("name")) as organization \(answer.line("id"))"]
        for client in answer["clients"]?.array ?? [] {
            let (was, id) = (client.line("was"), client.line("id"))
            var line = was == id ? "Client \(id)" : "Client \(was) is now \(id)"
            if let secret = client["secret"]?.string { line += ", secret: \(secret)  (shown once)" }
            lines.append(line)
        }
        for integration in answer["integrations"]?.array ?? [] {
            let (id, token) = (integration.line("id"), integration.line("secretToken"))
            lines.append("Integration \(id), secret token: \(token)  (shown once); it has no webhook headers")
        }
        return lines.joined(separator: "\n")
    }
}
