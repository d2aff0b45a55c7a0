/// The organization that a token belongs to: the members of the vendor's `Organization` that this server supports.
///
/// Clients read more than id and name at their start, so every member that they rely on has a value (our reading).
public struct OrganizationInfo: WireObject {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// The language of the organization, always `en`.
    public var defaultLanguage = ""
    /// The country of the organization, always `US`.
    public var defaultCountryCode = ""
    /// A name that is unique among organizations: the id.
    public var domain = ""
    /// The version of the organization, always 1.
    public var version = 0
    /// The state of the organization, always `active`.
    public var state = ""
    /// The path of the object.
    public var selfUri = ""

    /// Creates an organization with initial values.
    public init() {}

    /// Creates an organization with this id and name.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
        defaultLanguage = "en"
        defaultCountryCode = "US"
        domain = id
        version = 1
        state = "active"
        selfUri = "/api/v2/organizations/\(id)"
    }

    public static let schemaName = "Organization"
    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .required("defaultLanguage", \.defaultLanguage),
        .required("defaultCountryCode", \.defaultCountryCode), .required("domain", \.domain),
        .required("version", \.version), .required("state", \.state), .required("selfUri", \.selfUri),
    ]
}

/// A product that an organization uses, the vendor's `DomainOrganizationProduct`.
public struct OrganizationProduct: WireObject {
    /// The name of the product.
    public var id = ""

    /// Creates a product without a name.
    public init() {}

    /// Creates a product with this name.
    public init(id: String) { self.id = id }

    public static let schemaName = "DomainOrganizationProduct"
    public static let fields: [Field<Self>] = [.id(\.id)]
}

/// The products that an organization uses, the vendor's `OrganizationProductEntityListing`. One page lists all of them.
public struct OrganizationProductListing: WireObject {
    /// The products.
    public var entities: [OrganizationProduct] = []
    /// The number of products.
    public var total = 0

    /// Creates an empty list.
    public init() {}

    /// Creates a list of these products.
    public init(_ products: [OrganizationProduct]) {
        entities = products
        total = products.count
    }

    /// The product that every organization has: messaging (our reading).
    public static let messaging = OrganizationProductListing([OrganizationProduct(id: "messaging")])

    public static let schemaName = "OrganizationProductEntityListing"
    public static let fields: [Field<Self>] = [
        .required("entities", \.entities, mayMissInAnswers: false), .required("total", \.total),
    ]
}

/// The user that a token acts as: the members of the vendor's `UserMe` that this server supports. Each OAuth client acts as its own
/// service user.
public struct UserInfo: WireObject {
    /// The id of the user, which `createdBy` contains.
    public var id = ""
    /// The name of the OAuth client.
    public var name = ""
    /// The path of the object.
    public var selfUri = ""

    /// Creates a user with initial values.
    public init() {}

    /// Creates a user with this id and name.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
        selfUri = "/api/v2/users/\(id)"
    }

    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .required("selfUri", \.selfUri),
    ]
}

/// A report on whether the server is up and accepts requests.
public struct Health: WireObject {
    /// `up`, `ready`, `draining` or `unavailable`.
    public var status = ""

    /// Creates an empty report.
    public init() {}

    /// Creates a report with this status.
    public init(status: String) { self.status = status }

    public static let fields: [Field<Self>] = [.required("status", \.status)]
}
