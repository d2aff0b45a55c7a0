import ArgumentParser
import MessagingContract
import MessagingService

/// The command `messaging-server organizations ...`.
struct OrganizationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organizations",
        abstract: "Manage organizations: each has its own settings, profiles and clients.",
        discussion: "Works whether or not the server is running. If it is, the command goes through its socket.",
        subcommands: [Create.self, List.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Create an organization with the factory profile.")
        @Option(help: "The name of the organization, for people.") var name: String
        @OptionGroup var target: Target

        func run() async throws {
            try await target.run(
                AdministrationCommands.createOrganization,
                NoParameters(),
                OrganizationRequest(name: name)
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the organizations.")
        @OptionGroup var target: Target

        func run() async throws {
            try await target.run(
                AdministrationCommands.listOrganizations,
                NoParameters(),
                NoBody(),
                as: \.entities.json
            )
        }
    }
}
