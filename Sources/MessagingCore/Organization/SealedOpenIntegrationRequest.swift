public import MessagingContract

/// The part of an integration that clients write, with sealed secrets.
public struct SealedOpenIntegrationRequest: WireObject, OperationBody {
    /// The name.
    public var name = ""
    /// The profile; nil for the default.
    public var supportedContent: SupportedContentReference?
    /// The setting; nil for the default, if there is one.
    public var messagingSetting: MessagingSettingRequestReference?
    /// The URL to which outbound messages are sent.
    public var outboundNotificationWebhookUrl = ""
    /// The sealed secret with which outbound messages are signed.
    public var outboundNotificationWebhookSignatureSecretToken = ""
    /// Header fields of outbound messages, with sealed values.
    public var webhookHeaders: [String: String]?

    /// Creates a request with empty values.
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
