public import struct Foundation.Date

/// The state of an organization of an emulator at one revision, under a name. Our own model.
public struct EmulatorSnapshot: WireObject {
    /// The name.
    public var name = ""
    /// The revision of the organization.
    public var revision = 0
    /// The time at which the snapshot was taken.
    public var date = Date.distantPast
    /// The number of settings.
    public var settings = 0
    /// The number of profiles.
    public var supportedContent = 0
    /// The number of integrations.
    public var integrations = 0

    /// Creates a snapshot with initial values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("name", \.name), .required("revision", \.revision, "The revision of the organization"),
        .required("date", \.date, "The time at which the snapshot was taken"),
        .required("settings", \.settings, "The number of settings"),
        .required("supportedContent", \.supportedContent, "The number of profiles"),
        .required("integrations", \.integrations, "The number of integrations"),
    ]
}
