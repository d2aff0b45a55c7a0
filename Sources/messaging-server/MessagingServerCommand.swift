import ArgumentParser
import Foundation
import MessagingService
import StandardStreams

/// The program. It parses flags, runs one command, and reports a failure in one line.
@main
struct MessagingServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messaging-server",
        abstract: "A self-hosted server for the Genesys Cloud Messaging API.",
        version: Program.version,
        subcommands: [
            ServeCommand.self, ClientsCommand.self, OrganizationsCommand.self, BackupCommand.self, RestoreCommand.self,
            ExportCommand.self, ImportCommand.self, MigrateCommand.self, CopyCommand.self, OpenAPICommand.self,
        ]
    )

    static func main() async {
        Memory.prepare()
        EarlySignals.keep()
        umask(0o077)
        StandardStream.prepareAll()
        do {
            var command = try parseAsRoot()
            if !(command is ServeCommand) {
                EarlySignals.release()
                Terminal.warnOfUnknownVariables()  // A server writes this warning to its log.
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as StartError {
            Terminal.fail("\(error)")
            Foundation.exit(1)
        } catch  where exitCode(for: error).isSuccess {
            exit(withError: error)
        } catch {
            Terminal.fail("\(refusal(of: error))")
            Foundation.exit(exitCode(for: error).rawValue)
        }
    }

    /// Returns an error of one line for refused arguments. It has the parser's message and the command that shows the help.
    private static func refusal(of error: any Error) -> StartError {
        let hint = fullMessage(for: error).split(separator: "\n").last { $0.hasPrefix("  See '") }
        let help = hint.map { "; see \($0.split(separator: "'").dropFirst().first ?? "")" } ?? ""
        return StartError("\(message(for: error))\(help)")
    }
}
