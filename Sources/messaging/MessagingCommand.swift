import ArgumentParser
import BuildCommit
import Foundation
import MessagingContract
import MessagingFiles
import MessagingSDK
import StandardStreams

/// The program. It parses its arguments, runs one command, and reports a failure.
@main
struct MessagingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messaging",
        abstract: "Manage the messaging configuration of an organization.",
        discussion: """
            Works with a server of this project and with Genesys Cloud. The host and its credentials come from the first of these that there is:
            1. --profile NAME: the profile of this program with that name, or else that of gc, the vendor's command line, in ~/.gc/config.toml;
            2. MESSAGING_URL, with MESSAGING_TOKEN or with MESSAGING_CLIENT_ID and MESSAGING_CLIENT_SECRET;
            3. GENESYSCLOUD_REGION, with the other variables GENESYSCLOUD_* of the vendor's tools;
            4. the current profile of this program, see messaging profiles;
            5. the profile DEFAULT of gc.

            Exit codes: 0 done, 1 failed, 2 differences found, 3 cancelled or not confirmed, 4 not authenticated or not permitted, 5 not found \
            or ambiguous, 64 wrong arguments.
            """,
        version: "messaging \(Release.version) (commit \(String(cString: build_commit())))",
        subcommands: ManagedKinds.all.map { $0.resourceCommand } + [
            ExportCommand.self, DiffCommand.self, PlanCommand.self, ApplyCommand.self, DriftCommand.self,
            RecordCommand.self, ReplayCommand.self, HistoryCommand.self, MediaTypeCommand.self, SimulateCommand.self,
            RequestCommand.self, ExplainCommand.self, DoctorCommand.self, LoginCommand.self, ProfilesCommand.self,
            CompletionCommand.self,
        ]
    )

    static func main() async {
        StandardStream.prepareAll(needsOutput: true)
        umask(0o077)
        do {
            try await runCommand()
        } catch is Terminal.OutputClosed {
            Foundation.exit(Exit.success.rawValue)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch  where CommandLine.arguments.dropFirst().first == "---completion" {
            // A script asks, and a person does not expect an error.
            Foundation.exit(Exit.failed.rawValue)
        } catch {
            end(Self.failure(error))
        }
    }

    private static func runCommand() async throws {
        try CommandWord.check(CommandLine.arguments.dropFirst(), of: Self.self)
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch  where exitCode(for: error).isSuccess {
            // The help and other texts of the library.
            try Terminal.print(fullMessage(for: error))
        }
    }

    /// Ends the program with a failure, which it shows on standard error.
    private static func end(_ failure: Failure) -> Never {
        let isJSON = OutputFormat.isJSON(CommandLine.arguments)
        Terminal.complain(isJSON ? failure.json.shownOnOneLine : failure.text)
        Foundation.exit(failure.exit.rawValue)
    }

    private static func failure(_ error: any Error) -> Failure {
        switch error {
        case let failure as Failure: return failure
        case let error as MessagingError: return Failure(error)
        default:
            let hint = fullMessage(for: error).split(separator: "\n").last { $0.hasPrefix("  See '") }
            let help = hint.flatMap { $0.split(separator: "'").dropFirst().first }.map { "See \($0)" }
            let text = message(for: error).replacing("\n", with: " ")
            let isUsage = exitCode(for: error).rawValue == Exit.usage.rawValue
            return isUsage ? .usage(text, next: help) : Failure(.failed, "failed", text)
        }
    }
}
