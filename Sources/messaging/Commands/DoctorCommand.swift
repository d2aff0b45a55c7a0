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
            body is empty. Its exit code is that of the first failed check. A change that is not permitted is a warning.
            """
    )

    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let account = try options.account
        var checks = [Check("profile", .ok, account.source), HostChecks.address(account.host)]
        checks += await HostChecks.calls(account)
        try output.printer.list(checks.map(\.json), columns: ["check", "result", "detail"])
        if let failed = checks.first(where: { $0.result == .failed }) { throw ExitCode(failed.exit.rawValue) }
    }
}
