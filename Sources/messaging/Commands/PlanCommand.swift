import ArgumentParser
import Foundation
import MessagingFiles

/// The options of a command that compares a directory with the organization.
struct PlanOptions: ParsableArguments {
    @Flag(
        help:
            "Delete the objects that the organization has and the directory does not, of the kinds that the directory declares."
    )
    var prune = false
    @OptionGroup var options: AccountOptions

    /// Returns the steps that make the organization what a directory declares.
    func plan(_ directory: String, _ account: Account) async throws -> Plan {
        let files = try ConfigurationFiles.read(directory, ProcessInfo.processInfo.environment)
        let organization = try await OrganizationReader(client: account.client).read(
            OrganizationPart(declaredBy: files)
        )
        return try Plan(from: organization, to: files, prunes: prune, ProcessInfo.processInfo.environment)
    }
}

/// The command `messaging plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what would make the organization what a directory declares. Exits with 2 if something would.",
        discussion: "It changes nothing. messaging apply makes the same changes."
    )

    @Argument(help: "A directory of messaging export, or a .tf file.") var directory: String
    @OptionGroup var planned: PlanOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "A file for the plan, which messaging apply makes later if nothing has changed.") var out: String?

    func run() async throws {
        if let out { try PlanFile(out).checkReplaceable() }
        let account = try planned.options.account
        let tag = out == nil ? nil : try await PlanFile.tag(of: account)
        let plan = try await planned.plan(directory, account)
        if let out { try await PlanFile(out).write(plan, for: account, tag: tag) }
        try Differences.end(found: !plan.isEmpty) {
            try output.printer.changes(plan.steps.map(Change.init), summary: plan.summary)
        }
    }
}

extension Plan {
    /// The numbers of steps, for people. Deletions are counted apart.
    var summary: String {
        let kept = self.kept.isEmpty ? "" : " \(self.kept.count) only in the organization stay; --prune deletes them."
        guard !isEmpty else { return "0 differences, \(unchanged) objects are the same.\(kept)" }
        let deletions = count(.delete) == 0 ? "" : " \(count(.delete)) TO DELETE."
        let defaults = count(.setDefault)
        return
            "\(count(.create)) to create, \(count(.update)) to change, \(defaults) \(defaults == 1 ? "default" : "defaults") to set, "
            + "\(unchanged) the same.\(deletions)\(kept)"
    }
}
