import ArgumentParser
import Foundation
import MessagingFiles

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
            """
    )

    @Argument(help: "The directory.") var directory: String
    @Option(help: "The form of the files: yaml, json, or hcl for Terraform.") var format = ExportFormat.yaml
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let reader = try OrganizationReader(client: options.account.client)
        let configuration = try await reader.read(source: "the organization")
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
    ) throws(Failure) -> ExportReport {
        guard let format = format.document else {
            return try TerraformFiles(directory).write(configuration, environment)
        }
        let variables = try ConfigurationDirectory(directory).write(configuration, format: format, environment)
        return ExportReport(variables: variables)
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
        ManagedKinds.all.compactMap { kind in objects[kind.command].map { "\($0.count) \(kind.plural)" } }
            .joined(separator: ", ")
    }
}
