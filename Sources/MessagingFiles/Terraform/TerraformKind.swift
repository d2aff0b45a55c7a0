import MessagingSDK

/// A kind of objects as a type of resources of the vendor's provider.
struct TerraformKind: Sendable {
    /// The type of the resource that selects the default of a kind.
    struct DefaultType: Sendable {
        /// The type.
        let type: String
        /// The attribute with the id of the object.
        let attribute: String
        /// The id that the provider gives to the resource, and its label in an export.
        let id: String
    }

    private static let prefix = "genesyscloud_conversations_messaging_"

    /// The type.
    let type: String
    /// The command of the kind, such as `settings`.
    let command: String
    /// The name of the file that has the objects in an export.
    let file: String
    /// The attributes and blocks.
    let fields: [TerraformField]
    /// The type that selects the default; nil if the kind has none.
    let defaultType: DefaultType?

    private init(
        _ name: String,
        _ kind: any ManagedEntity.Type,
        file: String,
        _ fields: [TerraformField],
        default attribute: String? = nil,
        id: String = ""
    ) {
        type = Self.prefix + name
        command = kind.command
        self.file = file
        self.fields = fields
        defaultType = attribute.map { DefaultType(type: Self.prefix + name + "_default", attribute: $0, id: id) }
    }

    /// The kinds, each behind those to which its objects refer.
    static let all: [TerraformKind] = [
        TerraformKind(
            "settings",
            MessagingSetting.self,
            file: "settings.tf",
            [
                TerraformField("name", isRequired: true),
                TerraformField(
                    "content",
                    nil,
                    .block([
                        TerraformField(
                            "story",
                            nil,
                            .block([
                                TerraformField("mention", nil, .block([TerraformField("inbound")])),
                                TerraformField("reply", nil, .block([TerraformField("inbound")])),
                            ])
                        )
                    ])
                ),
                TerraformField(
                    "event",
                    nil,
                    .block([
                        TerraformField(
                            "typing",
                            nil,
                            .block([
                                TerraformField(
                                    "on",
                                    nil,
                                    .block([TerraformField("inbound"), TerraformField("outbound")])
                                )
                            ])
                        )
                    ])
                ),
            ],
            default: "setting_id",
            id: "messaging_settings_default"
        ),
        TerraformKind(
            "supportedcontent",
            SupportedContent.self,
            file: "supported_content.tf",
            [
                TerraformField("name", isRequired: true),
                TerraformField(
                    "media_types",
                    "mediaTypes",
                    .block([
                        TerraformField(
                            "allow",
                            nil,
                            .block([
                                TerraformField("inbound", nil, .blocks([TerraformField("type", isRequired: true)])),
                                TerraformField("outbound", nil, .blocks([TerraformField("type", isRequired: true)])),
                            ])
                        )
                    ])
                ),
            ],
            default: "content_id",
            id: "supported_content_default"
        ),
        TerraformKind(
            "integrations_open",
            OpenIntegration.self,
            file: "integrations.tf",
            [
                TerraformField("name", isRequired: true),
                TerraformField("supported_content_id", "supportedContent", .reference(SupportedContent.command)),
                TerraformField("messaging_setting_id", "messagingSetting", .reference(MessagingSetting.command)),
                TerraformField("outbound_notification_webhook_url", "outboundNotificationWebhookUrl", isRequired: true),
                TerraformField(
                    secretToken,
                    "outboundNotificationWebhookSignatureSecretToken",
                    .secret,
                    isRequired: true
                ),
                TerraformField(webhookHeaders, "webhookHeaders", .secrets),
            ]
        ),
    ]

    /// The attribute that no host returns, so that Terraform cannot compare it.
    static let secretToken = "outbound_notification_webhook_signature_secret_token"
    /// The attribute with the header fields of an integration's webhook, as JSON text.
    static let webhookHeaders = "webhook_headers"

    /// The types of resources.
    static let types: [String] = all.flatMap { [$0.type] + ($0.defaultType.map { [$0.type] } ?? []) }

    /// Returns the kind with a type; nil if there is none.
    static func ofType(_ type: String) -> TerraformKind? { all.first { $0.type == type } }

    /// Returns the kind with a command; nil if there is none.
    static func of(_ command: String) -> TerraformKind? { all.first { $0.command == command } }
}
