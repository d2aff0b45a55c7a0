/// The members of an integration that a client writes, the vendor's `OpenIntegrationRequest`. A PATCH is a merge patch of it, at the
/// top level only.
public struct OpenIntegrationRequest: WireObject {
    /// The name: required, not blank, at most 256 characters.
    public var name = ""
    /// The profile. Nil or an empty id stands for the organization's default.
    public var supportedContent: SupportedContentReference?
    /// The setting. Nil or an empty id stands for the organization's default, if there is one.
    public var messagingSetting: MessagingSettingRequestReference?
    /// The URL to which outbound messages are sent: required, an `https` URL of at most 2,048 characters without user and fragment.
    public var outboundNotificationWebhookUrl = ""
    /// The secret that signs outbound messages: required, 16 to 1,024 characters.
    public var outboundNotificationWebhookSignatureSecretToken = ""
    /// Header fields for outbound messages, at most 50. Names are HTTP tokens; values have visible ASCII characters, spaces and tabs only.
    public var webhookHeaders: [String: String]?

    /// Creates a request with initial values.
    public init() {}

    /// Creates a request for an integration with this name.
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
        .optional(
            "supportedContent",
            \.supportedContent,
            "If the request that creates the integration names none, the organization's default"
        )
        .notClearable,
        .optional(
            "messagingSetting",
            \.messagingSetting,
            "If the request that creates the integration names none, the organization's default, if it has one"
        ),
        .webhookURL(\.outboundNotificationWebhookUrl),
        .required(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken,
            "The secret that signs outbound messages, longer than 15 characters; no GET returns it",
            constraint: Webhook.token
        ),
        .optional(
            "webhookHeaders",
            \.webhookHeaders,
            "Header fields to send with outbound messages",
            constraint: Webhook.headers
        ),
    ]
}

/// The secret part of an ``OpenIntegrationRequest`` or of a patch of one.
public struct OpenIntegrationSecrets: WireObject {
    /// The secret that signs outbound messages; nil if absent.
    public var outboundNotificationWebhookSignatureSecretToken: String?
    /// Header fields for outbound messages; nil if absent.
    public var webhookHeaders: [String: String]?

    /// Creates a value without secrets.
    public init() {}

    public static let fields: [Field<Self>] = [
        .optional(
            "outboundNotificationWebhookSignatureSecretToken",
            \.outboundNotificationWebhookSignatureSecretToken,
            constraint: Webhook.token
        ),
        .optional("webhookHeaders", \.webhookHeaders, constraint: Webhook.headers),
    ]
}
