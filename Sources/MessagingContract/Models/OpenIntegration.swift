public import struct Foundation.Date

/// An open messaging integration, the vendor's `OpenIntegration`. It connects a channel that the organization operates itself, under one
/// setting and one profile.
public struct OpenIntegration: WireObject, Identifiable {
    /// The id: a UUID if this server created the object, any string otherwise.
    public var id = ""
    /// The name: not blank, at most 256 characters. It need not be unique.
    public var name = ""
    /// The profile that determines the allowed media. A request that named none got the organization's default at creation.
    public var supportedContent: SupportedContentReference?
    /// The setting that determines the allowed events. It is nil if none was named at creation and there was no default.
    public var messagingSetting: MessagingSettingReference?
    /// The URL to which outbound messages are sent.
    public var outboundNotificationWebhookUrl = ""
    /// The secret that signs outbound messages. It is nil except in the response to the request that contained it.
    public var outboundNotificationWebhookSignatureSecretToken: String?
    /// Header fields for outbound messages. Only a caller who may view integrations gets them.
    public var webhookHeaders: [String: String]?
    /// The status: `active` once the creation is complete.
    public var status: String?
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
    /// The progress of its creation. The integration can be changed once that is complete.
    public var createStatus: IntegrationCreateStatus?
    /// The error of a failed creation; nil otherwise.
    public var createError: APIError?
    /// The path of the object.
    public var selfUri = ""

    /// Creates an integration with initial values.
    public init() {}

    public static let listingSchemaName = "OpenIntegrationEntityListing"
    public static let fields: [Field<Self>] = [
        .id(\.id), .name(\.name), .optional("supportedContent", \.supportedContent),
        .optional("messagingSetting", \.messagingSetting),
        .required("outboundNotificationWebhookUrl", \.outboundNotificationWebhookUrl),
        .optional(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken,
            "Only in the response to the request that contained it"
        ),
        .optional("webhookHeaders", \.webhookHeaders, "Only for callers with the permission to view integrations"),
        .optional("status", \.status),
        .optional("recipient", \.recipient, "Present once the creation is complete"),
        .required("dateCreated", \.dateCreated), .required("dateModified", \.dateModified),
        .optional("createdBy", \.createdBy), .optional("modifiedBy", \.modifiedBy),
        .optional("createStatus", \.createStatus), .optional("createError", \.createError),
        .required("selfUri", \.selfUri),
    ]
}

/// The progress of the creation of an integration.
public struct IntegrationCreateStatus: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The creation is under way. The integration cannot be changed yet.
    public static let initiated = IntegrationCreateStatus(rawValue: "Initiated")
    /// The creation is complete.
    public static let completed = IntegrationCreateStatus(rawValue: "Completed")
    /// The creation failed.
    public static let error = IntegrationCreateStatus(rawValue: "Error")

    public static let allCases = [initiated, completed, error]
}
