public import struct Foundation.Date

/// An integration of any kind, as the list of all integrations shows it, the vendor's `MessagingIntegration`. This server has open
/// integrations only.
public struct MessagingIntegration: WireObject, Identifiable {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// The kind of the integration.
    public var messengerType: MessengerType?
    /// The status of the integration: `Starting` until its creation is complete, then `Active` (our reading).
    public var status: IntegrationStatus?
    /// The profile that determines the allowed media.
    public var supportedContent: SupportedContentReference?
    /// The setting that determines the allowed events; nil if the integration has none.
    public var messagingSetting: MessagingSettingReference?
    /// The recipient of inbound messages; present once the creation is complete.
    public var recipient: DomainEntityRef?
    /// The time of its creation, to the millisecond.
    public var dateCreated = Date.distantPast
    /// The time of the last change by a client, to the millisecond.
    public var dateModified = Date.distantPast
    /// The user who created it.
    public var createdBy: DomainEntityRef?
    /// The user who changed it last.
    public var modifiedBy: DomainEntityRef?
    /// The version: 1 at creation, incremented by each change.
    public var version: Int?
    /// The path of the object in the collection of its own kind.
    public var selfUri = ""

    /// Creates an integration with initial values.
    public init() {}

    public static let listingSchemaName = "MessagingIntegrationEntityListing"
    public static let fields: [Field<Self>] = [
        .id(\.id), .name(\.name), .optional("messengerType", \.messengerType), .optional("status", \.status),
        .optional("supportedContent", \.supportedContent), .optional("messagingSetting", \.messagingSetting),
        .optional("recipient", \.recipient), .required("dateCreated", \.dateCreated),
        .required("dateModified", \.dateModified), .optional("createdBy", \.createdBy),
        .optional("modifiedBy", \.modifiedBy), .optional("version", \.version), .required("selfUri", \.selfUri),
    ]
}

/// A kind of integration.
public struct MessengerType: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Open messaging: a channel that the organization operates itself.
    public static let open = MessengerType(rawValue: "open")

    public static let allCases = [
        "sms", "facebook", "twitter", "whatsapp", "webmessaging", "instagram", "open", "apple", "linkedin",
    ].map(MessengerType.init(rawValue:))
}

/// The status of an integration.
public struct IntegrationStatus: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The integration works.
    public static let active = IntegrationStatus(rawValue: "Active")
    /// Its creation is not complete.
    public static let starting = IntegrationStatus(rawValue: "Starting")

    public static let allCases = [
        "Active", "Inactive", "Error", "Starting", "Incomplete", "Deleting", "DeletionFailed", "Failed",
    ].map(IntegrationStatus.init(rawValue:))
}
