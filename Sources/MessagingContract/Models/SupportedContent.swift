public import struct Foundation.Date

/// Which media types may pass, the vendor's `SupportedContent` profile.
public struct SupportedContent: WireObject, Identifiable {
    /// The id; a UUID when this server made it, any string otherwise (`webMessagingDefault`).
    public var id = ""
    /// The name, not blank, at most 256 characters; need not be unique.
    public var name = ""
    /// When it was created, to the millisecond.
    public var dateCreated = Date.distantPast
    /// When it was last changed, to the millisecond.
    public var dateModified = Date.distantPast
    /// Who created it.
    public var createdBy: DomainEntityRef?
    /// Who changed it last. ``MessagingSetting`` calls this `updatedBy`.
    public var modifiedBy: DomainEntityRef?
    /// 1 when created, one more with each change. An integer, unlike the version of ``MessagingSetting``.
    public var version = 0
    /// What may pass; nil blocks all media.
    public var mediaTypes: MediaTypes?
    /// The path of the object, always below `/api/v2/conversations/messaging/supportedcontent`.
    public var selfUri = ""

    /// A profile with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .id(\.id), .name(\.name), .required("dateCreated", \.dateCreated),
        .required("dateModified", \.dateModified), .optional("createdBy", \.createdBy),
        .optional("modifiedBy", \.modifiedBy), .required("version", \.version), .optional("mediaTypes", \.mediaTypes),
        .required("selfUri", \.selfUri),
    ]
}

/// What a client may say of a profile: the members of the vendor's `SupportedContent` that are not read-only. A PATCH is a
/// merge patch of it, at the top level only.
public struct SupportedContentRequest: WireObject {
    /// The name: required, not blank, at most 256 characters.
    public var name = ""
    /// What may pass. With nil a new profile blocks all media, and a change keeps what it has; one with nothing in it blocks all.
    public var mediaTypes: MediaTypes?

    /// A request with nothing set.
    public init() {}

    /// A request for a profile of this name.
    public init(name: String, mediaTypes: MediaTypes? = nil) {
        self.name = name
        self.mediaTypes = mediaTypes
    }

    public static let fields: [Field<Self>] = [.name(\.name), .distinct("mediaTypes", \.mediaTypes)]
}
