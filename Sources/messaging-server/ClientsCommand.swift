import ArgumentParser
import MessagingContract
import MessagingService

/// The command `messaging-server clients ...`.
struct ClientsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients",
        abstract: "Manage OAuth clients: the programs that may request tokens.",
        discussion: "Works whether or not the server is running. If it is, the command goes through its socket.",
        subcommands: [Create.self, List.self, Rotate.self, Delete.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Create a client and show its secret once.")
        @Option(help: "The name of the client, for people.") var name: String
        @Option(help: "The id of the organization; required if there are several.") var organization: String?
        @Option(help: "A permission, such as messaging:setting:view; may be repeated. (default: all)") var permission:
            [String] = []
        @Option(help: "A scope, messaging or messaging:readonly; may be repeated. (default: messaging)") var scope:
            [String] = []
        @OptionGroup var target: Target

        func run() async throws {
            let request = ClientRequest(
                name: name,
                organization: organization,
                permissions: permission.isEmpty ? nil : permission,
                scopes: scope.isEmpty ? nil : scope
            )
            try await target.run(AdministrationCommands.createClient, NoParameters(), request)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the clients of an organization.")
        @Option(help: "The id of the organization; required if there are several.") var organization: String?
        @OptionGroup var target: Target

        func run() async throws {
            let query = OrganizationQuery(organization)
            try await target.run(AdministrationCommands.listClients, query, NoBody(), as: \.entities.json)
        }
    }

    /// Throws if the id of a client is empty, `.` or `..`. Such an id is no segment of a path, so a server could not name it in its error.
    private static func checkID(_ id: String) throws {
        if id.isEmpty { throw ValidationError("the id of the client is empty") }
        if [".", ".."].contains(id) { throw ValidationError("there is no client \(id)") }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace the secret of a client and show the new one once.",
            discussion: "The old secret is invalid at once. Tokens of the client stay valid until they expire."
        )
        @Argument(help: "The client's id.") var client: String
        @OptionGroup var target: Target

        func validate() throws { try ClientsCommand.checkID(client) }

        func run() async throws {
            try await target.run(AdministrationCommands.rotateClient, EntityID(client), NoBody())
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a client and revoke its tokens."
        )
        @Argument(help: "The client's id.") var client: String
        @OptionGroup var target: Target

        func validate() throws { try ClientsCommand.checkID(client) }

        func run() async throws {
            try await target.run(AdministrationCommands.deleteClient, EntityID(client), NoBody())
        }
    }
}
