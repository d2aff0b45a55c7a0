/// The organization that a token belongs to: what this server knows of the vendor's `Organization`.
public struct OrganizationInfo: WireObject {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// The path of the object.
    public var selfUri = ""

    /// An organization with nothing set.
    public init() {}

    /// An organization of this id and name.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
        selfUri = "/api/v2/organizations/\(id)"
    }

    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .required("selfUri", \.selfUri),
    ]
}

/// The user that a token acts as: what this server knows of the vendor's `UserMe`. Each OAuth client acts as a service user
/// of its own.
public struct UserInfo: WireObject {
    /// The id of the user, as it stands in `createdBy`.
    public var id = ""
    /// The name of the OAuth client.
    public var name = ""
    /// The path of the object.
    public var selfUri = ""

    /// A user with nothing set.
    public init() {}

    /// A user of this id and name.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
        selfUri = "/api/v2/users/\(id)"
    }

    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .required("selfUri", \.selfUri),
    ]
}

/// Whether the server is up, and whether it takes requests.
public struct Health: WireObject {
    /// `up`, `ready`, `draining` or `unavailable`.
    public var status = ""

    /// Nothing known.
    public init() {}

    /// This known.
    public init(status: String) { self.status = status }

    public static let fields: [Field<Self>] = [.required("status", \.status)]
}
