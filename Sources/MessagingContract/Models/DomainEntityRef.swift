/// A reference to another object, the vendor's `DomainEntityRef`.
public struct DomainEntityRef: WireObject {
    /// The id of the object.
    public var id: String?
    /// Its name, absent in most responses.
    public var name: String?
    /// Its path.
    public var selfUri: String?

    /// Creates an empty reference.
    public init() {}

    /// Creates a reference to a user.
    public init(user id: String) {
        self.id = id
        selfUri = "/api/v2/users/\(id)"
    }

    /// Creates a reference to a recipient of inbound messages.
    package init(recipient id: String) {
        self.id = id
        selfUri = "/api/v2/routing/message/recipients/\(id)"
    }

    public static let fields: [Field<Self>] = [
        .optional("id", \.id), .optional("name", \.name), .optional("selfUri", \.selfUri),
    ]
}
