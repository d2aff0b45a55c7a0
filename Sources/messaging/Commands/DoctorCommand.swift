import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The command `messaging doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the profile, the host, the token and the permissions.",
        discussion: """
            It changes nothing: to learn of permissions, it sends changes that the host refuses in any case, because there is no such object or the \
            body is empty. Its exit code is that of the first failed check. A change that is not permitted is a warning. The detail of a permitted \
            command names others that need no more than the same permission. Commands on all kinds, such as plan, need it of each.
            """
    )

    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let checks = await self.checks()
        try show(CheckReport(checks))
        if let failed = checks.first(where: { $0.result == .failed }) { throw ExitCode(failed.exit.rawValue) }
    }

    private func checks() async -> [Check] {
        let account: Account
        do {
            account = try options.account
        } catch {
            return [Check("profile", error)]
        }
        let first = [Check("profile", .ok, account.source), HostChecks.address(account.host)]
        return first + (await HostChecks.calls(account))
    }

    private func show(_ report: CheckReport) throws {
        let printer = output.printer
        if try printer.document(report.json) { return }
        if printer.format == .name { return try Terminal.print(report.names.joined(separator: "\n")) }
        try printer.sheet(report.sheet)
        guard let width = Terminal.width, printer.format != .csv else { return }
        let details = report.details(besidesTableOf: width)
        if !details.isEmpty { try Terminal.print(([""] + details).joined(separator: "\n")) }
    }
}
