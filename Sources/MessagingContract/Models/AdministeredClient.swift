public import struct Foundation.Date

/// An OAuth client in a response of the administration. It never contains the digest of the secret.
public struct AdministeredClient: WireObject {
    /// The client's id.
    public var id = ""
    /// Its name.
    public var name = ""
    /// The id of its organization.
    public var organization = ""
    /// Its permissions.
    public var permissions: [String] = []
    /// The scopes that its tokens may have.
    public var scopes: [String] = []
    /// Its secret, only in the response to the request that created the secret.
    public var secret: String?
    /// The time of its creation; nil in a response with a secret.
    public var dateCreated: Date?

    /// Creates a client with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .required("organization", \.organization),
        .required("permissions", \.permissions), .required("scopes", \.scopes), .optional("secret", \.secret),
        .optional("dateCreated", \.dateCreated),
    ]
}

/// A request to create an OAuth client.
public struct ClientRequest: WireObject {
    /// A name for people.
    public var name = ""
    /// The id of its organization; nil for the only one.
    public var organization: String?
    /// Its permissions; nil for all.
    public var permissions: [String]?
    /// Its scopes; nil for `messaging`.
    public var scopes: [String]?

    /// Creates a client with nothing set.
    public init() {}

    /// Creates a client with this name.
    public init(name: String, organization: String? = nil, permissions: [String]? = nil, scopes: [String]? = nil) {
        self.name = name
        self.organization = organization
        self.permissions = permissions
        self.scopes = scopes
    }

    public static let fields: [Field<Self>] = [
        .required("name", \.name), .optional("organization", \.organization),
        .optional("permissions", \.permissions), .optional("scopes", \.scopes),
    ]
}

/// A deleted OAuth client.
public struct DeletedClient: WireObject {
    /// The client's id.
    public var id = ""

    /// Creates a client without an id.
    public init() {}

    /// Creates a client with this id.
    public init(id: String) { self.id = id }

    public static let fields: [Field<Self>] = [.id(\.id)]
}

/// A request to create an organization.
public struct OrganizationRequest: WireObject {
    /// A name for people.
    public var name = ""

    /// Creates an organization without a name.
    public init() {}

    /// Creates an organization with this name.
    public init(name: String) { self.name = name }

    public static let fields: [Field<Self>] = [.required("name", \.name)]
}

/// A list of all objects of a kind.
public struct EntityList<Entity: WireObject>: WireObject {
    /// The objects.
    public var entities: [Entity] = []

    /// Creates an empty list.
    public init() {}

    /// Creates a list of these objects.
    public init(_ entities: [Entity]) { self.entities = entities }

    public static var schemaName: String { "\(Entity.schemaName)List" }
    public static var fields: [Field<Self>] {
        GenericFields.of(Self.self) { [.required("entities", \.entities, mayMissInAnswers: false)] }
    }
}
