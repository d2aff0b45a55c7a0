public import MessagingContract

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
