/// What clients write of an integration, the vendor's `OpenIntegrationRequest`; a PATCH is a merge patch of it, at the top level only.
public struct OpenIntegrationRequest: WireObject {
    /// The name: required, not blank, at most 256 characters.
    public var name = ""
    /// The profile; nil, or one with an empty id, for the organization's default.
    public var supportedContent: SupportedContentReference?
    /// The setting; nil, or one with an empty id, for the organization's default, if there is one.
    public var messagingSetting: MessagingSettingRequestReference?
    /// Where outbound messages are sent: required, an `https` URL of at most 2,048 characters without user and fragment.
    public var outboundNotificationWebhookUrl = ""
    /// What outbound messages are signed with: required, 16 to 1,024 characters.
    public var outboundNotificationWebhookSignatureSecretToken = ""
    /// Fields that go with outbound messages: at most 50, their names tokens of HTTP, their values visible ASCII, spaces and tabs.
    public var webhookHeaders: [String: String]?

    /// A request with nothing set.
    public init() {}

    /// A request for an integration of this name.
    public init(
        name: String,
        outboundNotificationWebhookUrl: String,
        outboundNotificationWebhookSignatureSecretToken: String,
        supportedContent: SupportedContentReference? = nil,
        messagingSetting: MessagingSettingRequestReference? = nil,
        webhookHeaders: [String: String]? = nil
    ) {
        self.name = name
        self.outboundNotificationWebhookUrl = outboundNotificationWebhookUrl
        self.outboundNotificationWebhookSignatureSecretToken = outboundNotificationWebhookSignatureSecretToken
        self.supportedContent = supportedContent
        self.messagingSetting = messagingSetting
        self.webhookHeaders = webhookHeaders
    }

    public static let fields: [Field<Self>] = [
        .name(\.name),
        .optional("supportedContent", \.supportedContent, "The organization's default unless it is named")
            .notClearable,
        .optional(
            "messagingSetting",
            \.messagingSetting,
            "The organization's default, if it has one, unless it is named"
        ),
        .webhookURL(\.outboundNotificationWebhookUrl),
        .required(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken,
            "Longer than 15 characters; no read returns it",
            keywords: Webhook.tokenKeywords,
            check: Webhook.check(token:)
        ),
        .optional(
            "webhookHeaders",
            \.webhookHeaders,
            "Fields that go with outbound messages",
            keywords: Webhook.headerKeywords,
            check: Webhook.check(headers:)
        ),
    ]
}

/// The part of an ``OpenIntegrationRequest``, or of a patch of one, that is secret.
public struct OpenIntegrationSecrets: WireObject {
    /// What outbound messages are signed with; nil when it is not given.
    public var outboundNotificationWebhookSignatureSecretToken: String?
    /// Fields that go with outbound messages; nil when they are not given.
    public var webhookHeaders: [String: String]?

    /// No secrets.
    public init() {}

    public static let fields: [Field<Self>] = [
        .optional(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken,
            check: Webhook.check(token:)
        ),
        .optional("webhookHeaders", \.webhookHeaders, check: Webhook.check(headers:)),
    ]
}
