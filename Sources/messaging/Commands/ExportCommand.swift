import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK
import StandardStreams

/// The command `messaging export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the configuration of the organization to a directory.",
        discussion: """
            The directory is created, or must be empty or one of an earlier export, which is brought up to date. Secrets are not written: the \
            files name environment variables in their place, and names that are in the files already stay.

            With --format hcl the files are those of Terraform and the vendor's provider, with a block "import" for each object. Labels of an \
            earlier export stay. Variables of Terraform take the place of secrets, and TF_VAR_NAME has the value of each.

            With --with-ids it writes one new file instead, which messaging-server import reads.
            """
    )

    @Argument(help: "The directory, or the file of --with-ids.") var directory: String
    @Flag(help: "Write a document with all ids, versions, dates and editors to a new file.") var withIds = false
    @Option(help: "The form of the files: yaml, json, or hcl for Terraform.") var format = ExportFormat.yaml
    @OptionGroup var options: AccountOptions

    func run() async throws {
        guard !withIds else { return try await exportWithIDs() }
        let environment = ProcessInfo.processInfo.environment
        let reader = try OrganizationReader(client: options.account.client)
        let configuration = try await reader.read()
        let report = try write(configuration, environment)
        let written = try ConfigurationFiles.read(directory, environment)
        let rest = try Plan(from: configuration, to: written, prunes: true, environment)
        guard rest.isEmpty else {
            throw Failure(
                .failed,
                "export.not.verified",
                "the files in \(directory) differ from the organization",
                next: "Look at the differences: messaging plan \(directory)"
            )
        }
        Terminal.talk("Wrote \(configuration.counts) to \(directory). Verified: 0 differences.")
        if !report.variables.isEmpty {
            Terminal.talk("Secrets are not in the files. They come from \(report.variables.joined(separator: ", ")).")
        }
        for note in report.notes { Terminal.complain("note: \(note.visible).") }
    }

    private func write(
        _ configuration: Configuration,
        _ environment: [String: String]
    ) throws(Failure) -> WritingReport {
        guard let format = format.document else {
            return try TerraformFiles(directory).write(configuration, environment)
        }
        let variables = try ConfigurationDirectory(directory).write(configuration, format: format, environment)
        return WritingReport(variables: variables)
    }
}

extension ExportCommand {
    private func exportWithIDs() async throws {
        guard try !PrivateFile.exists(at: directory) else {
            throw Failure(.failed, "file.exists", "\(directory) exists already", next: "Name a new file.")
        }
        let document = try await OrganizationExport(client: options.account.client).document()
        let next = "Name a file in a directory that exists and can be written."
        try PrivateFile.write(String(decoding: document.pretty, as: UTF8.self), to: directory, next: next)
        Terminal.talk("Wrote \(directory). It has no OAuth clients and no secrets.")
    }
}

/// A form of the files of an export.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
    /// YAML, a file for each object.
    case yaml
    /// JSON, a file for each object.
    case json
    /// Terraform's language, a file for each kind.
    case hcl

    /// The form of documents; nil for HCL.
    var document: DocumentFormat? { DocumentFormat(rawValue: rawValue) }
}

extension Configuration {
    /// The numbers of objects, for people.
    var counts: String {
        ManagedKinds.all.compactMap { kind in
            objects[kind.command].map { "\($0.count) \($0.count == 1 ? kind.noun : kind.plural)" }
        }
        .joined(separator: ", ")
    }
}
