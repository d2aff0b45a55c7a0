import ArgumentParser
import Foundation
import MessagingFiles
import StandardStreams

/// The command `messaging diff`.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two configurations. Exits with 2 if they differ.",
        discussion: """
            Each is a directory of messaging export, a .tf file, or profile:NAME. Objects are the same if they have the same name, or the same id. Ids, \
            dates, versions and editors are not compared, nor are secrets whose values are not known.
            """
    )

    @Argument(help: "A directory, or profile:NAME.", completion: Completions.configurations) var left: String
    @Argument(help: "Another directory, or profile:NAME.", completion: Completions.configurations) var right: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (before, after) = try (ConfigurationSource(left), ConfigurationSource(right))
        let comparison = try await Comparison(
            from: before.configuration(),
            to: after.configuration(),
            ProcessInfo.processInfo.environment
        )
        let plan = Plan(comparison)
        let summary =
            comparison.isEmpty
            ? "0 differences, \(plan.unchanged) objects are the same."
            : "\(plan.count(.delete)) only in \(left.visible), \(plan.count(.create)) only in \(right.visible), "
                + "\(plan.count(.update) + plan.count(.setDefault)) changed, \(plan.unchanged) the same."
        try Differences.end(found: !comparison.isEmpty) {
            try output.printer.changes(plan.steps.map(Change.init), summary: summary)
        }
    }
}
