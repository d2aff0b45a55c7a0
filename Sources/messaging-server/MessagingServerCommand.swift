import ArgumentParser
import Foundation
import MessagingService

/// The program: parses flags, runs one command, and tells a failure in one line.
@main
struct MessagingServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messaging-server",
        abstract: "A self-hosted server of the Genesys Cloud Messaging API.",
        subcommands: [ServeCommand.self, ClientsCommand.self, OrganizationsCommand.self, OpenAPICommand.self]
    )

    static func main() async {
        umask(0o077)
        Terminal.prepare()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as StartError {
            Terminal.fail("\(error)")
            Foundation.exit(1)
        } catch {
            exit(withError: error)
        }
    }
}
