public import MessagingContract

public import struct Foundation.Date

/// One organization as a JSON document, to move it or to leave. The format is described in `docs/export-format.md`.
///
/// Ids, versions, dates and authors are those of the organization. The history, tokens and idempotency keys are not part of it.
public struct OrganizationDocument: WireObject {
    /// The organization's id and name.
    public struct Identity: WireObject {
        /// The id.
        public var id = ""
        /// The name.
        public var name = ""

        /// Creates an identity with empty values.
        public init() {}

        public static let fields: [Field<Self>] = [
            .required("id", \.id, constraint: Constraint(check: ExportCheck.id)),
            .required("name", \.name, constraint: Constraint(check: ExportCheck.line)),
        ]
    }

    /// The default objects of the kinds.
    public struct Defaults: WireObject {
        /// The id of the default setting; nil if there is none.
        public var setting: String?
        /// The id of the default profile; nil if there is none.
        public var supportedContent: String?

        /// Creates a value without defaults.
        public init() {}

        public static let fields: [Field<Self>] = [
            .optional("setting", \.setting), .optional("supportedContent", \.supportedContent),
        ]
    }

    /// The name of the format; always ``name``.
    public var format = Self.name
    /// The version of the format; always ``currentVersion``.
    public var version = Self.currentVersion
    /// The time of the export.
    public var dateExported: Date?
    /// The organization itself.
    public var organization = Identity()
    /// The settings, by name and id.
    public var settings: [MessagingSetting] = []
    /// The profiles, by name and id.
    public var supportedContent: [SupportedContent] = []
    /// The defaults.
    public var defaults: Defaults?
    /// The integrations, by name and id.
    public var integrations: [ExportedIntegration] = []
    /// The OAuth clients, by name and id.
    public var clients: [ExportedClient] = []

    /// The name of the format.
    public static let name = "messaging-organization"
    /// The only version that is written and read.
    public static let currentVersion = 1

    /// Creates an empty document.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("format", \.format, constraint: Constraint(check: checkFormat)),
        .required("version", \.version, constraint: Constraint(check: checkVersion)),
        .optional("dateExported", \.dateExported), .required("organization", \.organization),
        .required("settings", \.settings), .required("supportedContent", \.supportedContent),
        .optional("defaults", \.defaults), .required("integrations", \.integrations), .required("clients", \.clients),
    ]

    private static func checkFormat(_ format: String) throws(FieldError) {
        if format != name { throw FieldError(reason: .constraint("must be \"\(name)\"")) }
    }

    private static func checkVersion(_ version: Int) throws(FieldError) {
        if version != currentVersion {
            throw FieldError(reason: .constraint("must be \(currentVersion), the only version that this program reads"))
        }
    }
}

/// An integration in an ``OrganizationDocument``.
public struct ExportedIntegration: WireObject {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// The version: 1 at creation, one more with each change.
    public var version = 0
    /// The profile.
    public var supportedContent: SupportedContentReference?
    /// The setting.
    public var messagingSetting: MessagingSettingRequestReference?
    /// The URL to which outbound messages are sent.
    public var outboundNotificationWebhookUrl = ""
    /// The token and the headers as they are sent; nil unless the export has secrets.
    public var secrets: OpenIntegrationSecrets?
    /// The progress of its creation.
    public var createStatus = IntegrationCreateStatus.completed
    /// The recipient of inbound messages.
    public var recipient: DomainEntityRef?
    /// The time of its creation.
    public var dateCreated = Date.distantPast
    /// The time of the last change by a client.
    public var dateModified = Date.distantPast
    /// The user who created it.
    public var createdBy: DomainEntityRef?
    /// The user who changed it last.
    public var modifiedBy: DomainEntityRef?

    /// Creates an integration with empty values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id, constraint: Constraint(check: ExportCheck.id)),
        .required("name", \.name, constraint: Constraint(check: ExportCheck.name)),
        .required("version", \.version, constraint: Constraint(check: ExportCheck.version)),
        .optional("supportedContent", \.supportedContent), .optional("messagingSetting", \.messagingSetting),
        .webhookURL(\.outboundNotificationWebhookUrl), .optional("secrets", \.secrets),
        .required("createStatus", \.createStatus), .optional("recipient", \.recipient),
        .required("dateCreated", \.dateCreated), .required("dateModified", \.dateModified),
        .optional("createdBy", \.createdBy), .optional("modifiedBy", \.modifiedBy),
    ]
}

/// An OAuth client in an ``OrganizationDocument``.
public struct ExportedClient: WireObject {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// The service user as which it acts.
    public var user = ""
    /// The SHA-256 digest of its secret, in hexadecimal; nil unless the export has secrets.
    public var secretDigest: String?
    /// The names of its permissions.
    public var permissions: [String] = []
    /// The scopes that its tokens may have.
    public var scopes: [String] = []
    /// The time of its creation.
    public var dateCreated = Date.distantPast

    /// Creates a client with empty values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id, constraint: Constraint(check: ExportCheck.clientID)),
        .required("name", \.name, constraint: Constraint(check: ExportCheck.line)),
        .required("user", \.user, constraint: Constraint(check: ExportCheck.user)),
        .optional("secretDigest", \.secretDigest, constraint: Constraint(check: ExportCheck.digest)),
        .required("permissions", \.permissions, constraint: Constraint(check: ExportCheck.permissions)),
        .required("scopes", \.scopes, constraint: Constraint(check: ExportCheck.scopes)),
        .required("dateCreated", \.dateCreated),
    ]
}
