public import MessagingContract

public import struct Foundation.Date

/// One organization as a JSON document, for those who move or leave: described in `docs/export-format.md`.
///
/// Ids, versions, dates and who created what are those of the organization. The history, tokens and idempotency keys are not part of it.
public struct OrganizationDocument: WireObject {
    /// The organization's id and name.
    public struct Identity: WireObject {
        /// The id.
        public var id = ""
        /// The name.
        public var name = ""

        /// An identity with nothing set.
        public init() {}

        public static let fields: [Field<Self>] = [
            .required("id", \.id, check: ExportCheck.id), .required("name", \.name, check: ExportCheck.line),
        ]
    }

    /// Which objects are the defaults of their kinds.
    public struct Defaults: WireObject {
        /// The id of a setting; nil when none is the default.
        public var setting: String?
        /// The id of a profile; nil when none is the default.
        public var supportedContent: String?

        /// No defaults.
        public init() {}

        public static let fields: [Field<Self>] = [
            .optional("setting", \.setting), .optional("supportedContent", \.supportedContent),
        ]
    }

    /// What the document is; always ``name``.
    public var format = Self.name
    /// The version of the format; always ``currentVersion``.
    public var version = Self.currentVersion
    /// When it was made.
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
    /// The version that is written, and the only one that is read.
    public static let currentVersion = 1

    /// An empty document.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("format", \.format) { format throws(FieldError) in
            if format != name { throw FieldError(reason: .constraint("must be \"\(name)\"")) }
        },
        .required("version", \.version) { version throws(FieldError) in
            if version != currentVersion {
                throw FieldError(reason: .constraint("must be \(currentVersion); another program reads other versions"))
            }
        },
        .optional("dateExported", \.dateExported), .required("organization", \.organization),
        .required("settings", \.settings), .required("supportedContent", \.supportedContent),
        .optional("defaults", \.defaults), .required("integrations", \.integrations), .required("clients", \.clients),
    ]
}

/// An integration in an ``OrganizationDocument``.
public struct ExportedIntegration: WireObject {
    /// The id.
    public var id = ""
    /// The name.
    public var name = ""
    /// 1 when created, one more with each change.
    public var version = 0
    /// The profile.
    public var supportedContent: SupportedContentReference?
    /// The setting.
    public var messagingSetting: MessagingSettingRequestReference?
    /// Where outbound messages are sent.
    public var outboundNotificationWebhookUrl = ""
    /// The token and the headers as they are sent; nil unless the export has secrets.
    public var secrets: OpenIntegrationSecrets?
    /// How far its creation is.
    public var createStatus = IntegrationCreateStatus.completed
    /// Whom inbound messages reach.
    public var recipient: DomainEntityRef?
    /// When it was created.
    public var dateCreated = Date.distantPast
    /// When a client last changed it.
    public var dateModified = Date.distantPast
    /// Who created it.
    public var createdBy: DomainEntityRef?
    /// Who changed it last.
    public var modifiedBy: DomainEntityRef?

    /// An integration with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id, check: ExportCheck.id), .required("name", \.name, check: ExportCheck.name),
        .required("version", \.version, check: ExportCheck.version),
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
    /// The service user that it acts as.
    public var user = ""
    /// The SHA-256 digest of its secret, in hexadecimal; nil unless the export has secrets.
    public var secretDigest: String?
    /// What it may do.
    public var permissions: [String] = []
    /// The scopes that its tokens may have.
    public var scopes: [String] = []
    /// When it was created.
    public var dateCreated = Date.distantPast

    /// A client with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id, check: ExportCheck.clientID), .required("name", \.name, check: ExportCheck.line),
        .required("user", \.user, check: ExportCheck.user),
        .optional("secretDigest", \.secretDigest, check: ExportCheck.digest),
        .required("permissions", \.permissions, check: ExportCheck.permissions),
        .required("scopes", \.scopes, check: ExportCheck.scopes), .required("dateCreated", \.dateCreated),
    ]
}
