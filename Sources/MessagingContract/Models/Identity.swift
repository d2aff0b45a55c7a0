/// The organization that a token belongs to: what this server knows of the vendor's `Organization`.
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
    /// A name that no other organization has: the id.
    public var domain = ""
    /// The version of the organization, always 1.
    public var version = 0
    /// Whether the organization is in use, always `active`.
    public var state = ""
    /// The path of the object.
    public var selfUri = ""

    /// An organization with nothing set.
    public init() {}

    /// An organization of this id and name.
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

    /// A product without a name.
    public init() {}

    /// A product of this name.
    public init(id: String) { self.id = id }

    public static let schemaName = "DomainOrganizationProduct"
    public static let fields: [Field<Self>] = [.id(\.id)]
}

/// The products that an organization uses, the vendor's `OrganizationProductEntityListing`: all of them, on one page.
public struct OrganizationProductListing: WireObject {
    /// The products.
    public var entities: [OrganizationProduct] = []
    /// The number of products.
    public var total = 0

    /// No products.
    public init() {}

    /// These products.
    public init(_ products: [OrganizationProduct]) {
        entities = products
        total = products.count
    }

    /// The product of every organization here: messaging (our reading).
    public static let messaging = OrganizationProductListing([OrganizationProduct(id: "messaging")])

    public static let schemaName = "OrganizationProductEntityListing"
    public static let fields: [Field<Self>] = [
        .required("entities", \.entities, mayMissInAnswers: false), .required("total", \.total),
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
