import ArgumentParser
import Foundation
import MessagingContract
import MessagingCore
import MessagingService

/// The command `messaging-server export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write one organization to a new file, as a JSON document.",
        discussion: "Works whether or not the server is running. If it is, the server writes the file."
    )

    @Argument(help: "The file to create.") var file: String
    @Option(help: "The id of the organization; required if there are several.") var organization: String?
    @Flag(help: "Include the secrets of integrations in plain text, and the digests of client secrets.")
    var withSecrets = false
    @OptionGroup var target: Target

    func run() async throws {
        let request = ExportRequest(
            file: try Target.absolute(file),
            organization: organization,
            withSecrets: withSecrets
        )
        Interruption.discardsWhatIsBegun()
        let report = try await target.administrator.run(
            AdministrationCommands.exportOrganization,
            NoParameters(),
            request
        )
        let place = Target.place(of: report.file, bytes: report.bytes)
        try target.print(report.json) { _ in
            let line = "Exported \(report.name.line(limit: .max)) to \(place): \(report.bytes) bytes"
            if !withSecrets { return "\(line), without secrets" }
            return
                "\(line)\nThe file has secrets in plain text: protect it like the encryption key, and delete it when you no longer need it."
        }
    }
}

/// The command `messaging-server import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Create an organization from an exported document.",
        discussion: """
            Works whether or not the server is running. If it is, the server reads the file. Secrets that the document does not have are \
            generated and shown once.
            """
    )

    @Argument(help: "The document.") var file: String
    @Flag(name: .customLong("new-id"), help: "Give the organization a new id instead of the one in the document.")
    var newID = false
    @OptionGroup var target: Target

    func run() async throws {
        let request = ImportRequest(file: try Target.absolute(file), newID: newID)
        let report = try await target.administrator.run(
            AdministrationCommands.importOrganization,
            NoParameters(),
            request
        )
        do {
            try target.print(report.json) { _ in Self.lines(report) }
        } catch {
            throw StartError(
                "\(error); the new secrets of organization \(report.id) are lost: run messaging-server clients list, then clients rotate"
            )
        }
    }

    private static func lines(_ report: ImportReport) -> String {
        var lines = ["Imported \(line(report.name)) as organization \(line(report.id))"]
        for client in report.clients {
            let (was, id) = (line(client.was), line(client.id))
            var line = was == id ? "Client \(id)" : "Client \(was) is now \(id)"
            if let secret = client.secret { line += ", secret: \(secret)  (shown once)" }
            lines.append(line)
        }
        for integration in report.integrations {
            let (id, token) = (line(integration.id), line(integration.secretToken))
            lines.append("Integration \(id), secret token: \(token)  (shown once); it has no webhook headers")
        }
        return lines.joined(separator: "\n")
    }

    private static func line(_ text: String) -> String { text.line(limit: .max) }
}
