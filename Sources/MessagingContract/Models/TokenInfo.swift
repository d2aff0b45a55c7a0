/// The rights of a token: the members of the vendor's `TokenInfo` that this server supports.
public struct TokenInfo: WireObject {
    /// The organization that the token gives access to.
    public var organization: NamedEntity?
    /// The organization that issued the token, which is the same.
    public var homeOrganization: NamedEntity?
    /// The scopes of the token.
    public var authorizedScope: [String] = []
    /// The OAuth client that the token was issued to.
    public var client: OrgOAuthClient?

    /// Creates an empty value.
    public init() {}

    /// Creates a value for a token of this client, in this organization.
    public init(organization: NamedEntity, scopes: [Scope], client: OrgOAuthClient) {
        self.organization = organization
        homeOrganization = organization
        authorizedScope = scopes.map(\.rawValue)
        self.client = client
    }

    public static let fields: [Field<Self>] = [
        .optional("organization", \.organization, "The organization of the token"),
        .optional("homeOrganization", \.homeOrganization, "The same organization"),
        .required("authorizedScope", \.authorizedScope, "The scopes of the token"),
        .optional("OAuthClient", \.client, "The client that the token was issued to"),
    ]
}

/// An object with its id and name only, the vendor's `NamedEntity`.
public struct NamedEntity: WireObject {
    /// The id of the object.
    public var id = ""
    /// Its name.
    public var name = ""

    /// Creates an object with initial values.
    public init() {}

    /// Creates an object with this id and name.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    public static let fields: [Field<Self>] = [.id(\.id), .required("name", \.name)]
}

/// The OAuth client of a token: the members of the vendor's `OrgOAuthClient` that this server sends.
public struct OrgOAuthClient: WireObject {
    /// The id of the client.
    public var id = ""
    /// Its name.
    public var name = ""
    /// Its organization.
    public var organization: NamedEntity?

    /// Creates a client with initial values.
    public init() {}

    /// Creates a client of this organization.
    public init(id: String, name: String, organization: NamedEntity) {
        self.id = id
        self.name = name
        self.organization = organization
    }

    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .optional("organization", \.organization),
    ]
}
