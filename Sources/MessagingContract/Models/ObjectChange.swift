public import struct Foundation.Date

/// A kind of objects whose changes are listed, named by its word in paths. A kind in a response that this version does not know is kept.
public struct ObjectKind: WireEnum {
    /// The kind as the API writes it.
    public let rawValue: String

    /// Creates a kind with this word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Messaging settings.
    public static let settings = ObjectKind(rawValue: "settings")
    /// Supported content profiles.
    public static let supportedContent = ObjectKind(rawValue: "supportedcontent")
    /// Open messaging integrations.
    public static let integrations = ObjectKind(rawValue: "integrations")
    /// The default objects of other kinds. The object's id is the word of a kind, and its `id` member is the id of the default.
    public static let defaults = ObjectKind(rawValue: "defaults")
    /// OAuth clients.
    public static let clients = ObjectKind(rawValue: "clients")
    /// The organization itself.
    public static let organization = ObjectKind(rawValue: "organization")

    public static let allCases = [settings, supportedContent, integrations, defaults, clients, organization]

    /// The word as it appears in the name of an operation.
    var capitalized: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// A change of one object from one value to the next, with its author. Our own model.
public struct ObjectChange: WireObject {
    /// The revision of the organization that contains the change. One request makes one revision.
    public var revision = 0
    /// The position of the change in its revision, from 0.
    public var position = 0
    /// The kind of the object.
    public var kind = ObjectKind(rawValue: "")
    /// The id of the object that changed.
    public var objectId = ""
    /// The time of the change, to the millisecond.
    public var date = Date.distantPast
    /// The user who made the change.
    public var user: DomainEntityRef?
    /// The id of the OAuth client that made the change; nil for the administration of the server itself.
    public var client: String?
    /// The id of the operation that made the change, such as `patchConversationsMessagingSetting`, or an administration command.
    public var operation = ""
    /// The correlation id of the request.
    public var contextId = ""
    /// The address from which the request came; nil for the administration of the server itself.
    public var address: String?
    /// The object before the change, with `***` in place of secrets; nil if the change created or restored it.
    public var before: JSON.Object?
    /// The object after the change, with `***` in place of secrets; nil if the change deleted it.
    public var after: JSON.Object?

    /// Creates a change with initial values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("revision", \.revision, "The revision of the organization to which the change belongs"),
        .required("position", \.position, "The position of the change in that revision, from 0"),
        .required("kind", \.kind), .required("objectId", \.objectId, "The id of the changed object"),
        .required("date", \.date), .optional("user", \.user),
        .optional(
            "client",
            \.client,
            "The id of the OAuth client that made the change; absent for administration commands"
        ),
        .required("operation", \.operation, "The id of the operation, or the name of the administration command"),
        .required("contextId", \.contextId, "The correlation id of the request"),
        .optional("address", \.address, "The address that sent the request"),
        .optional(
            "before",
            \.before,
            "The object before the change, with *** in place of secrets; absent if it did not exist"
        ),
        .optional(
            "after",
            \.after,
            "The object after the change, with *** in place of secrets; absent if it was deleted"
        ),
    ]
}

extension ObjectChange: Identifiable {
    /// The place of the change in the organization's history, which is unique.
    public var id: String { "\(revision).\(position)" }
}
