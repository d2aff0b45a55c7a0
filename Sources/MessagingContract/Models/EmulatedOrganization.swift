public import struct Foundation.Date

/// A request to create an organization of an emulator. Our own model.
public struct EmulatedOrganizationRequest: WireObject {
    /// A name for people; nil for `Emulated`.
    public var name: String?
    /// The content that the organization begins with, see ``OrganizationState``; nil for the factory profile only.
    public var seed: JSON.Object?
    /// The seconds after which the organization is deleted, 1 to 604,800; nil for an hour.
    public var lifetimeSeconds: Int?

    /// Creates a request for an organization with nothing but the factory profile, for an hour.
    public init() {}

    /// Creates a request.
    public init(name: String? = nil, seed: JSON.Object? = nil, lifetimeSeconds: Int? = nil) {
        self.name = name
        self.seed = seed
        self.lifetimeSeconds = lifetimeSeconds
    }

    /// The seconds after which an organization is deleted if the request does not say so.
    package static let standardLifetime = 3_600
    private static let lifetimes = 1...604_800

    public static let fields: [Field<Self>] = [
        .optional("name", \.name, "A name for people", constraint: ObjectName.constraint),
        .optional("seed", \.seed, "The content to begin with, in the form of the organization's state"),
        .optional(
            "lifetimeSeconds",
            \.lifetimeSeconds,
            "The seconds after which the organization is deleted; an hour if absent",
            constraint: Constraint([
                "minimum": JSON(integerLiteral: lifetimes.lowerBound),
                "maximum": JSON(integerLiteral: lifetimes.upperBound),
            ]) { (seconds) throws(FieldError) in
                guard lifetimes.contains(seconds) else {
                    throw FieldError(
                        reason: .constraint("must be \(lifetimes.lowerBound) to \(lifetimes.upperBound)")
                    )
                }
            }
        ),
    ]
}

/// An organization of an emulator. Only the response to its creation has the secret and the token. Our own model.
public struct EmulatedOrganization: WireObject {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// The id of its OAuth client, which has all permissions.
    public var clientId: String?
    /// The secret of that client.
    public var clientSecret: String?
    /// A token of that client.
    public var accessToken: String?
    /// The time at which the organization is deleted.
    public var dateExpires = Date.distantFuture

    /// Creates an organization with initial values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .optional("clientId", \.clientId, "The id of its OAuth client"),
        .optional("clientSecret", \.clientSecret, "The secret of the client; only in the response to the creation"),
        .optional("accessToken", \.accessToken, "A token of the client; only in the response to the creation"),
        .required("dateExpires", \.dateExpires, "The time at which the organization is deleted"),
    ]
}
