/// The uses of a setting or a profile.
public struct ObjectUsage: WireObject {
    /// Whether it is the organization's default, which is assigned to new integrations that name none.
    public var isDefault = false
    /// A page of the integrations to which it is assigned, ordered by name and then id.
    public var integrations = Listing<DomainEntityRef>()

    /// Creates a value without uses.
    public init() {}

    /// Creates a value with these uses.
    public init(isDefault: Bool, integrations: Listing<DomainEntityRef>) {
        self.isDefault = isDefault
        self.integrations = integrations
    }

    public static let fields: [Field<Self>] = [
        .required(
            "isDefault",
            \.isDefault,
            "Whether an integration gets this object if the request that creates it names none"
        ),
        .required("integrations", \.integrations, "The integrations that it is assigned to"),
    ]
}
