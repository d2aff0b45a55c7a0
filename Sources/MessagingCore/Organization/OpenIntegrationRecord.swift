public import MessagingContract

public import struct Foundation.Date

/// An open messaging integration as it is stored: the vendor's `OpenIntegration` with a version. Its secrets are sealed, and of the objects
/// to which it refers it has only the ids.
///
/// No path is stored, since each follows from an id. With the paths, a record would have an overflow page in the store, and would take 6.2
/// us to load instead of 4.4. Records of older programs have them.
public struct OpenIntegrationRecord: WireObject {
    /// The id.
    public var id = ""
    /// The version: 1 at creation, one more with each change. Completing the creation is a change too.
    public var version = 0
    /// The part that clients write.
    public var request = SealedOpenIntegrationRequest()
    /// The progress of its creation.
    public var createStatus = IntegrationCreateStatus.initiated
    /// The recipient of inbound messages; nil until the creation is complete.
    public var recipient: DomainEntityRef?
    /// The time of its creation.
    public var dateCreated = Date.distantPast
    /// The time of the last change by a client.
    public var dateModified = Date.distantPast
    /// The user who created it.
    public var createdBy: DomainEntityRef?
    /// The user who changed it last.
    public var modifiedBy: DomainEntityRef?

    /// Creates a record with empty values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id), .required("name", \.request.name), .required("version", \.version),
        .optional("supportedContent", \.request.supportedContent),
        .optional("messagingSetting", \.request.messagingSetting),
        .required("outboundNotificationWebhookUrl", \.request.outboundNotificationWebhookUrl),
        .required(
            "outboundNotificationWebhookSignatureSecretToken",
            \.request.outboundNotificationWebhookSignatureSecretToken
        ),
        .optional("webhookHeaders", \.request.webhookHeaders), .required("createStatus", \.createStatus),
        .optional("recipient", \.storedRecipient), .required("dateCreated", \.dateCreated),
        .required("dateModified", \.dateModified), .optional("createdBy", \.storedCreator),
        .optional("modifiedBy", \.storedEditor),
    ]

    /// The path of the list.
    public static var path: String { OpenIntegrationEndpoints.list.operation.path }

    /// Returns the path of an integration.
    static func selfUri(_ id: String) -> String { "\(path)/\(id.percentEncoded)" }

    /// Returns a record with the paths that are not stored: those of its references, and its own as the last member.
    static func withPaths(_ record: JSON) -> JSON {
        guard var object = record.object else { return record }
        if let id = object["recipient"]?["id"]?.string { object["recipient"] = DomainEntityRef(recipient: id).json }
        for user in ["createdBy", "modifiedBy"] {
            if let id = object[user]?["id"]?.string { object[user] = DomainEntityRef(user: id).json }
        }
        if let id = object["id"]?.string { object["selfUri"] = .string(selfUri(id)) }
        return .object(object)
    }

    private var storedRecipient: StoredReference? {
        get { StoredReference(recipient) }
        set { recipient = newValue.map { DomainEntityRef(recipient: $0.id) } }
    }

    private var storedCreator: StoredReference? {
        get { StoredReference(createdBy) }
        set { createdBy = newValue.map { DomainEntityRef(user: $0.id) } }
    }

    private var storedEditor: StoredReference? {
        get { StoredReference(modifiedBy) }
        set { modifiedBy = newValue.map { DomainEntityRef(user: $0.id) } }
    }
}

/// A reference that has only an id.
private struct StoredReference: WireObject {
    var id = ""

    init() {}

    init?(_ reference: DomainEntityRef?) {
        guard let id = reference?.id else { return nil }
        self.id = id
    }

    static let fields: [Field<Self>] = [.required("id", \.id)]
}
