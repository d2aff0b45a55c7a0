public import MessagingContract

public import struct Foundation.Date

/// An open messaging integration as it is stored: the vendor's `OpenIntegration` with a version, with what is secret in it sealed,
/// and with nothing of the objects that it refers to but their ids.
public struct OpenIntegrationRecord: WireObject {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// 1 when created, one more with each change; the one that completes its creation counts too.
    public var version = 0
    /// The profile.
    public var supportedContent: SupportedContentReference?
    /// The setting.
    public var messagingSetting: MessagingSettingRequestReference?
    /// Where outbound messages are sent.
    public var outboundNotificationWebhookUrl = ""
    /// What outbound messages are signed with, sealed.
    public var outboundNotificationWebhookSignatureSecretToken = ""
    /// Fields that go with outbound messages, each value sealed.
    public var webhookHeaders: [String: String]?
    /// How far its creation is.
    public var createStatus = IntegrationCreateStatus.initiated
    /// Whom inbound messages reach; nil until the creation is complete.
    public var recipient: DomainEntityRef?
    /// When it was created.
    public var dateCreated = Date.distantPast
    /// When a client last changed it.
    public var dateModified = Date.distantPast
    /// Who created it.
    public var createdBy: DomainEntityRef?
    /// Who changed it last.
    public var modifiedBy: DomainEntityRef?
    /// The path of the object.
    public var selfUri = ""

    /// A record with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id), .required("name", \.name), .required("version", \.version),
        .optional("supportedContent", \.supportedContent), .optional("messagingSetting", \.messagingSetting),
        .required("outboundNotificationWebhookUrl", \.outboundNotificationWebhookUrl),
        .required(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken
        ),
        .optional("webhookHeaders", \.webhookHeaders), .required("createStatus", \.createStatus),
        .optional("recipient", \.recipient), .required("dateCreated", \.dateCreated),
        .required("dateModified", \.dateModified), .optional("createdBy", \.createdBy),
        .optional("modifiedBy", \.modifiedBy), .required("selfUri", \.selfUri),
    ]
}

/// What clients write of an integration, with what is secret in it sealed.
public struct SealedOpenIntegrationRequest: NamedRequest, OperationBody {
    /// The name.
    public var name = ""
    /// The profile; nil for the default.
    public var supportedContent: SupportedContentReference?
    /// The setting; nil for the default, if there is one.
    public var messagingSetting: MessagingSettingRequestReference?
    /// Where outbound messages are sent.
    public var outboundNotificationWebhookUrl = ""
    /// What outbound messages are signed with, sealed.
    public var outboundNotificationWebhookSignatureSecretToken = ""
    /// Fields that go with outbound messages, each value sealed.
    public var webhookHeaders: [String: String]?

    /// A request with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("name", \.name), .optional("supportedContent", \.supportedContent),
        .optional("messagingSetting", \.messagingSetting),
        .required("outboundNotificationWebhookUrl", \.outboundNotificationWebhookUrl),
        .required(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken
        ),
        .optional("webhookHeaders", \.webhookHeaders),
    ]
}
