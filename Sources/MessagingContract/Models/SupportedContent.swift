public import struct Foundation.Date

/// A profile of allowed media types, the vendor's `SupportedContent`.
public struct SupportedContent: WireObject, Identifiable {
    /// The id: a UUID if this server created the object, any string otherwise, such as `webMessagingDefault`.
    public var id = ""
    /// The name: not blank, at most 256 characters. It need not be unique.
    public var name = ""
    /// The time of its creation, to the millisecond.
    public var dateCreated = Date.distantPast
    /// The time of the last change, to the millisecond.
    public var dateModified = Date.distantPast
    /// The user who created it.
    public var createdBy: DomainEntityRef?
    /// The user who changed it last. ``MessagingSetting`` calls this `updatedBy`.
    public var modifiedBy: DomainEntityRef?
    /// The version: 1 at creation, incremented by each change. It is an integer, unlike the version of ``MessagingSetting``.
    public var version = 0
    /// The allowed media types; nil blocks all media.
    public var mediaTypes: MediaTypes?
    /// The path of the object, always below `/api/v2/conversations/messaging/supportedcontent`.
    public var selfUri = ""

    /// Creates a profile with initial values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .id(\.id), .name(\.name), .required("dateCreated", \.dateCreated),
        .required("dateModified", \.dateModified), .optional("createdBy", \.createdBy),
        .optional("modifiedBy", \.modifiedBy), .required("version", \.version), .optional("mediaTypes", \.mediaTypes),
        .required("selfUri", \.selfUri),
    ]
}

/// The members of a profile that a client may write: those of the vendor's `SupportedContent` that are not read-only. A PATCH is a merge
/// patch of it, at the top level only.
public struct SupportedContentRequest: WireObject {
    /// The name: required, not blank, at most 256 characters.
    public var name = ""
    /// The allowed media types. Nil blocks all media in a new profile, and keeps the present list in a change. An empty value blocks all
    /// media.
    public var mediaTypes: MediaTypes?

    /// Creates a request with initial values.
    public init() {}

    /// Creates a request for a profile with this name.
    public init(name: String, mediaTypes: MediaTypes? = nil) {
        self.name = name
        self.mediaTypes = mediaTypes
    }

    public static let fields: [Field<Self>] = [.name(\.name), .distinct("mediaTypes", \.mediaTypes)]
}
