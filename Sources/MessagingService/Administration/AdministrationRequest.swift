public import MessagingContract

/// A command of the administration, as it travels to a running server.
public struct AdministrationRequest: WireObject {
    /// What can be asked.
    public enum Command: String, WireEnum {
        /// Creates an organization with the name.
        case createOrganization = "organizations.create"
        /// Lists the organizations.
        case listOrganizations = "organizations.list"
        /// Creates a client with the name, permissions and scopes.
        case createClient = "clients.create"
        /// Lists the clients of an organization.
        case listClients = "clients.list"
        /// Gives a client another secret.
        case rotateClient = "clients.rotate"
        /// Deletes a client.
        case deleteClient = "clients.delete"
        /// Copies the whole database to the file.
        case backup
        /// Writes the organization to the file, as a document.
        case exportOrganization = "export"
        /// Creates an organization from the document in the file.
        case importOrganization = "import"
    }

    /// What is asked.
    public var command = Command.listOrganizations
    /// The name of what is created.
    public var name: String?
    /// The organization; nil stands for the only one.
    public var organization: String?
    /// The client.
    public var client: String?
    /// The permissions of a new client; nil stands for all.
    public var permissions: [String]?
    /// The scopes of a new client; nil stands for `messaging`.
    public var scopes: [String]?

    /// The absolute path of the file that is read or written.
    public var file: String?

    /// Whether the document of an export has what is secret.
    public var withSecrets: Bool?
    /// Whether the organization of an import gets an id of its own.
    public var newID: Bool?

    /// The database that the command is for, so that the server of another one refuses it; see ``DatabaseID``.
    var database: String?

    /// A request with nothing set.
    public init() {}

    /// A request for this command.
    public init(_ command: Command) { self.command = command }

    public static let fields: [Field<Self>] = [
        .required("command", \.command), .optional("name", \.name), .optional("organization", \.organization),
        .optional("client", \.client), .optional("permissions", \.permissions), .optional("scopes", \.scopes),
        .optional("file", \.file),
        .optional("withSecrets", \.withSecrets), .optional("newId", \.newID),
        .optional("database", \.database),
    ]
}
