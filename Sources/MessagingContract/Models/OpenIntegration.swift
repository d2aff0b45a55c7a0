public import struct Foundation.Date

/// An open messaging integration, the vendor's `OpenIntegration`: where messages of a channel of one's own come in and go out, under
/// one setting and one profile.
public struct OpenIntegration: WireObject, Identifiable {
    /// The id; a UUID when this server made it, any string otherwise.
    public var id = ""
    /// The name, not blank, at most 256 characters; need not be unique.
    public var name = ""
    /// The profile that says which media pass. It was the organization's default if none was named at creation.
    public var supportedContent: SupportedContentReference?
    /// The setting that says which events pass; nil when none was named at creation and there was no default.
    public var messagingSetting: MessagingSettingReference?
    /// Where outbound messages are sent.
    public var outboundNotificationWebhookUrl = ""
    /// What outbound messages are signed with; only the response to the request that carried it has it.
    public var outboundNotificationWebhookSignatureSecretToken: String?
    /// Fields that go with outbound messages; only a caller who may view integrations gets them.
    public var webhookHeaders: [String: String]?
    /// `active` once the creation is complete.
    public var status: String?
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
    /// How far its creation is; it can be changed once that is complete.
    public var createStatus: IntegrationCreateStatus?
    /// Why its creation failed; nil unless it did.
    public var createError: APIError?
    /// The path of the object.
    public var selfUri = ""

    /// An integration with nothing set.
    public init() {}

    public static let listingSchemaName = "OpenIntegrationEntityListing"
    public static let fields: [Field<Self>] = [
        .id(\.id), .name(\.name), .optional("supportedContent", \.supportedContent),
        .optional("messagingSetting", \.messagingSetting),
        .required("outboundNotificationWebhookUrl", \.outboundNotificationWebhookUrl),
        .optional(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken,
            "Only in the response to the request that carried it"
        ),
        .optional("webhookHeaders", \.webhookHeaders, "Only for callers who may view integrations"),
        .optional("status", \.status),
        .optional("recipient", \.recipient, "There once the creation is complete"),
        .required("dateCreated", \.dateCreated), .required("dateModified", \.dateModified),
        .optional("createdBy", \.createdBy), .optional("modifiedBy", \.modifiedBy),
        .optional("createStatus", \.createStatus), .optional("createError", \.createError),
        .required("selfUri", \.selfUri),
    ]
}

/// How far the creation of an integration is.
public struct IntegrationCreateStatus: WireEnum {
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Under way: it cannot be changed yet.
    public static let initiated = IntegrationCreateStatus(rawValue: "Initiated")
    /// Done.
    public static let completed = IntegrationCreateStatus(rawValue: "Completed")
    /// Failed.
    public static let error = IntegrationCreateStatus(rawValue: "Error")

    public static let allCases = [initiated, completed, error]
}
