public import struct Foundation.Date

/// An integration of any kind, as the list of all of them has it, the vendor's `MessagingIntegration`. This server has open ones.
public struct MessagingIntegration: WireObject, Identifiable {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// What kind of integration it is.
    public var messengerType: MessengerType?
    /// Whether it works: `Starting` until its creation is complete, then `Active` (our reading).
    public var status: IntegrationStatus?
    /// The profile that says which media pass.
    public var supportedContent: SupportedContentReference?
    /// The setting that says which events pass; nil when there is none.
    public var messagingSetting: MessagingSettingReference?
    /// Whom inbound messages reach; there once the creation is complete.
    public var recipient: DomainEntityRef?
    /// When it was created, to the millisecond.
    public var dateCreated = Date.distantPast
    /// When a client last changed it, to the millisecond.
    public var dateModified = Date.distantPast
    /// Who created it.
    public var createdBy: DomainEntityRef?
    /// Who changed it last.
    public var modifiedBy: DomainEntityRef?
    /// 1 when created, one more with each change.
    public var version: Int?
    /// The path of the object among those of its kind.
    public var selfUri = ""

    /// An integration with nothing set.
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
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Open messaging: a channel of one's own.
    public static let open = MessengerType(rawValue: "open")

    public static let allCases = [
        "sms", "facebook", "twitter", "whatsapp", "webmessaging", "instagram", "open", "apple", "linkedin",
    ].map(MessengerType.init(rawValue:))
}

/// Whether an integration works.
public struct IntegrationStatus: WireEnum {
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It works.
    public static let active = IntegrationStatus(rawValue: "Active")
    /// Its creation is not complete.
    public static let starting = IntegrationStatus(rawValue: "Starting")

    public static let allCases = [
        "Active", "Inactive", "Error", "Starting", "Incomplete", "Deleting", "DeletionFailed", "Failed",
    ].map(IntegrationStatus.init(rawValue:))
}
