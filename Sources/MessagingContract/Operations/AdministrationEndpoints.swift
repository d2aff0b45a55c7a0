import HTTPTypes

/// The operations on organizations, clients and the database as a whole, for callers on the administration socket. They are ours; the
/// vendor has none like them.
///
/// Their ids are the commands of `messaging-server`, as the history and the log name them.
public enum AdministrationEndpoints {
    /// Lists the organizations.
    public static let listOrganizations: Endpoint<NoParameters, NoBody, EntityList<NamedEntity>> = endpoint(
        "organizations.list",
        .get,
        "organizations",
        "Get the organizations"
    )
    /// Creates an organization with its factory profile.
    public static let createOrganization: Endpoint<NoParameters, OrganizationRequest, NamedEntity> = endpoint(
        "organizations.create",
        .post,
        "organizations",
        "Create an organization"
    )
    /// Lists the OAuth clients of an organization.
    public static let listClients: Endpoint<OrganizationQuery, NoBody, EntityList<AdministeredClient>> =
        endpoint("clients.list", .get, "clients", "Get the OAuth clients of an organization, ordered by name")
    /// Creates an OAuth client. Only this response has its secret.
    public static let createClient: Endpoint<NoParameters, ClientRequest, AdministeredClient> = endpoint(
        "clients.create",
        .post,
        "clients",
        "Create an OAuth client; only this response has its secret"
    )
    /// Replaces the secret of an OAuth client. Only this response has the new one. Tokens of the client stay valid until they expire.
    public static let rotateClient: Endpoint<EntityID, NoBody, AdministeredClient> = endpoint(
        "clients.rotate",
        .post,
        "clients/{clientId}/secret",
        "Replace the secret of an OAuth client; only this response has the new secret"
    )
    /// Deletes an OAuth client and its tokens.
    public static let deleteClient: Endpoint<EntityID, NoBody, DeletedClient> = endpoint(
        "clients.delete",
        .delete,
        "clients/{clientId}",
        "Delete an OAuth client and revoke its tokens"
    )
    /// Copies the whole database to a new file in the server's file system.
    public static let backup: Endpoint<NoParameters, BackupRequest, BackupReport> = endpoint(
        "backup",
        .post,
        "backups",
        "Copy the whole database to a new file"
    )
    /// Writes an organization to a new file in the server's file system, as a JSON document.
    public static let exportOrganization: Endpoint<NoParameters, ExportRequest, ExportReport> = endpoint(
        "export",
        .post,
        "exports",
        "Write one organization to a new file, as a JSON document"
    )
    /// Creates an organization from a document in the server's file system.
    public static let importOrganization: Endpoint<NoParameters, ImportRequest, ImportReport> = endpoint(
        "import",
        .post,
        "imports",
        "Create an organization from an exported document"
    )

    static let operations = [
        listOrganizations.operation, createOrganization.operation, listClients.operation, createClient.operation,
        rotateClient.operation, deleteClient.operation, backup.operation, exportOrganization.operation,
        importOrganization.operation,
    ]

    private static func endpoint<Parameters, Body, Response>(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String
    ) -> Endpoint<Parameters, Body, Response> {
        Endpoint(
            id,
            method,
            "/platform/v1/administration/\(path)",
            access: .administrator,
            tag: "Administration",
            summary: summary
        )
    }
}

/// The organization that an operation of the administration concerns.
public struct OrganizationQuery: OperationParameters, Hashable {
    /// The organization's id; nil for the only one.
    public let organization: String?

    /// Creates a query for the organization with this id, or for the only one.
    public init(_ organization: String?) { self.organization = organization }

    public init(pathParameters: [String], query: Query) throws(APIError) { organization = query["organization"] }

    public var query: Query { Query(organization.map { [("organization", $0)] } ?? []) }
}

extension EntityList: ReadableResponse {}

extension NamedEntity: ReadableResponse {}

extension AdministeredClient: ReadableResponse {}

extension DeletedClient: ReadableResponse {}

extension BackupReport: ReadableResponse {}

extension ExportReport: ReadableResponse {}

extension ImportReport: ReadableResponse {}

extension BodyRule {
    /// A JSON document of at most 64 KiB.
    fileprivate static let administration = json(limit: 64 << 10)
}

extension OrganizationRequest: OperationBody { public static let rule = BodyRule.administration }

extension ClientRequest: OperationBody { public static let rule = BodyRule.administration }

extension BackupRequest: OperationBody { public static let rule = BodyRule.administration }

extension ExportRequest: OperationBody { public static let rule = BodyRule.administration }

extension ImportRequest: OperationBody { public static let rule = BodyRule.administration }
