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
            """
    )

    @Argument(help: "The directory.") var directory: String
    @Option(help: "The form of the files: yaml or json.") var format = DocumentFormat.yaml
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let reader = try OrganizationReader(client: options.account.client)
        let configuration = try await reader.read(source: "the organization")
        let target = ConfigurationDirectory(directory)
        let variables = try target.write(configuration, format: format, environment)
        let rest = try Plan(from: configuration, to: target.read(), prunes: true, environment)
        guard rest.isEmpty else {
            throw Failure(
                .failed,
                "export.not.verified",
                "the files in \(directory) differ from the organization",
                next: "Look at the differences: messaging plan \(directory)"
            )
        }
        Terminal.talk("Wrote \(configuration.counts) to \(directory). Verified: 0 differences.")
        if !variables.isEmpty {
            Terminal.talk("Secrets are not in the files. They come from \(variables.joined(separator: ", ")).")
        }
    }
}

extension DocumentFormat: ExpressibleByArgument {}

extension Configuration {
    /// The numbers of objects, for people.
    var counts: String {
        ManagedKinds.all.compactMap { kind in objects[kind.command].map { "\($0.count) \(kind.plural)" } }
            .joined(separator: ", ")
    }
}
