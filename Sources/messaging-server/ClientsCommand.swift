import ArgumentParser
import MessagingContract
import MessagingService

/// The command `messaging-server clients ...`.
struct ClientsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients",
        abstract: "OAuth clients: the programs that may ask for tokens.",
        discussion: "Works while the server runs, through its socket, and while it does not.",
        subcommands: [Create.self, List.self, Rotate.self, Delete.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Create a client; its secret is shown once.")
        @Option(help: "A name for people.") var name: String
        @Option(help: "The organization; needed when there are several.") var organization: String?
        @Option(help: "A permission, as messaging:setting:view; may be repeated. (default: all)") var permission:
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
        @Option(help: "The organization; needed when there are several.") var organization: String?
        @OptionGroup var target: Target

        func run() async throws {
            let query = OrganizationQuery(organization)
            try await target.run(AdministrationCommands.listClients, query, NoBody(), as: \.entities.json)
        }
    }

    /// Throws if the id of a client is empty. An empty id is no segment of a path, so a server could not name it in its error.
    private static func checkID(_ id: String) throws {
        if id.isEmpty { throw ValidationError("the id of the client is empty") }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a client another secret, shown once.",
            discussion: "The old secret is refused from now on. Tokens that the client has go on until they expire."
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
            abstract: "Delete a client; its tokens are refused from now on."
        )
        @Argument(help: "The client's id.") var client: String
        @OptionGroup var target: Target

        func validate() throws { try ClientsCommand.checkID(client) }

        func run() async throws {
            try await target.run(AdministrationCommands.deleteClient, EntityID(client), NoBody())
        }
    }
}
