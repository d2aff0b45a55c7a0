/// A reference to another object, the vendor's `DomainEntityRef`.
public struct DomainEntityRef: WireObject {
    /// The id of the object.
    public var id: String?
    /// Its name, mostly left out.
    public var name: String?
    /// Its path.
    public var selfUri: String?

    /// A reference with nothing set.
    public init() {}

    /// A reference to a user.
    public init(user id: String) {
        self.id = id
        selfUri = "/api/v2/users/\(id)"
    }

    /// A reference to a recipient of inbound messages.
    package init(recipient id: String) {
        self.id = id
        selfUri = "/api/v2/routing/message/recipients/\(id)"
    }

    public static let fields: [Field<Self>] = [
        .optional("id", \.id), .optional("name", \.name), .optional("selfUri", \.selfUri),
    ]
}
