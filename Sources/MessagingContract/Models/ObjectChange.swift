public import struct Foundation.Date

/// A kind of objects whose changes are listed, by its word in paths. A response may have a kind that this version does not know; it is
/// kept.
public struct ObjectKind: WireEnum {
    /// The kind as it is written.
    public let rawValue: String

    /// A kind by its word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Messaging settings.
    public static let settings = ObjectKind(rawValue: "settings")
    /// Supported content profiles.
    public static let supportedContent = ObjectKind(rawValue: "supportedcontent")
    /// Open messaging integrations.
    public static let integrations = ObjectKind(rawValue: "integrations")
    /// Which object of a kind is its default: the id is the word of that kind, and the object has the `id` of the default.
    public static let defaults = ObjectKind(rawValue: "defaults")
    /// OAuth clients.
    public static let clients = ObjectKind(rawValue: "clients")
    /// The organization itself.
    public static let organization = ObjectKind(rawValue: "organization")

    public static let allCases = [settings, supportedContent, integrations, defaults, clients, organization]

    /// The word in the name of an operation.
    var capitalized: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// One step of one object from one value to the next, and who made it. Our own model.
public struct ObjectChange: WireObject {
    /// The revision of the organization that the change is part of: one request makes one revision.
    public var revision = 0
    /// Its place among the changes of that revision, from 0.
    public var position = 0
    /// The kind of the object.
    public var kind = ObjectKind(rawValue: "")
    /// The id of the object that changed.
    public var objectId = ""
    /// When, to the millisecond.
    public var date = Date.distantPast
    /// Who did it.
    public var user: DomainEntityRef?
    /// The id of the OAuth client that did it; nil for the administration of the server itself.
    public var client: String?
    /// The id of the operation that did it, `patchConversationsMessagingSetting`, or an administration command.
    public var operation = ""
    /// The correlation id of the request.
    public var contextId = ""
    /// The address that the request came from; nil for the administration of the server itself.
    public var address: String?
    /// The object before, with `***` for what is secret; nil when it was created, or came back.
    public var before: JSON.Object?
    /// The object after, with `***` for what is secret; nil when it was deleted.
    public var after: JSON.Object?

    /// A change with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("revision", \.revision, "The revision of the organization that the change is part of"),
        .required("position", \.position, "Its place among the changes of that revision, from 0"),
        .required("kind", \.kind), .required("objectId", \.objectId, "The id of the object that changed"),
        .required("date", \.date), .optional("user", \.user),
        .optional("client", \.client, "The id of the OAuth client; absent for the administration of the server"),
        .required("operation", \.operation, "The id of the operation, or an administration command"),
        .required("contextId", \.contextId, "The correlation id of the request"),
        .optional("address", \.address, "Where the request came from"),
        .optional("before", \.before, "The object before, with *** for what is secret; absent when there was none"),
        .optional("after", \.after, "The object after, with *** for what is secret; absent when it was deleted"),
    ]
}

extension ObjectChange: Identifiable {
    /// Its place in the history of the organization, which no other change has.
    public var id: String { "\(revision).\(position)" }
}
