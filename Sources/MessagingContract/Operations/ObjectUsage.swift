/// What uses a setting or a profile.
public struct ObjectUsage: WireObject {
    /// Whether it is the organization's default, which new integrations get that name none.
    public var isDefault = false
    /// A page of the integrations that it is assigned to, ordered by name and then id.
    public var integrations = Listing<DomainEntityRef>()

    /// No usage.
    public init() {}

    /// This usage.
    public init(isDefault: Bool, integrations: Listing<DomainEntityRef>) {
        self.isDefault = isDefault
        self.integrations = integrations
    }

    public static let fields: [Field<Self>] = [
        .required("isDefault", \.isDefault, "Whether new integrations get it that name none"),
        .required("integrations", \.integrations, "The integrations that it is assigned to"),
    ]
}
