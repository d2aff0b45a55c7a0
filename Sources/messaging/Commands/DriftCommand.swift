import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The command `messaging drift`.
struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Show how the organization differs from a directory. Exits with 2 if it does.",
        discussion: """
            Signs: + only in the organization, - only in the directory, ~ changed. With --watch it looks again and again, prints a report only \
            when something is different from before, and ends with Ctrl-C.
            """
    )

    @Argument(help: "A directory of messaging export, or a .tf file.") var directory: String
    @Option(help: "The form of the report: text, json, markdown or junit.") var report = DriftReport.text
    @Option(help: "The time between two looks, such as 30s, 5m or 1h.", transform: Interval.init) var watch: Interval?
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let client = try options.account.client
        var previous: [JSON]?
        while true {
            let plan = try await drift(client)
            let changes = plan.steps.map(Change.init)
            let present = changes.map(\.json)
            let text = present == previous ? "" : report.text(changes, plan, directory)
            previous = present
            guard let watch else {
                return try Differences.end(found: !plan.isEmpty) { try Terminal.print(text) }
            }
            try Differences.show(found: !plan.isEmpty) { try Terminal.print(text) }
            try await Task.sleep(for: watch.duration)
        }
    }

    private func drift(_ client: MessagingClient) async throws -> Plan {
        let environment = ProcessInfo.processInfo.environment
        let files = try ConfigurationFiles.read(directory, environment)
        let organization = try await OrganizationReader(client: client).read(OrganizationPart(declaredBy: files))
        return Plan(Comparison(from: files, to: organization, environment))
    }
}
