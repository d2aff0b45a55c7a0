public import struct Foundation.Date

/// A reference to a profile by its id, the vendor's `SupportedContentReference`.
public struct SupportedContentReference: WireObject {
    /// The id of a profile.
    public var id = ""
    /// Its name, present only in responses that expand the profile.
    public var name: String?
    /// Its path, present only in responses.
    public var selfUri: String?
    /// Its allowed media types, present only in responses that expand the profile. Nil there means that the profile blocks all media.
    public var mediaTypes: MediaTypes?

    /// Creates an empty reference.
    public init() {}

    /// Creates a reference to the profile with this id.
    public init(id: String) { self.id = id }

    /// Creates a reference to this profile with every member that a response can have.
    public init(_ profile: SupportedContent) {
        id = profile.id
        name = profile.name
        selfUri = profile.selfUri
        mediaTypes = profile.mediaTypes
    }

    public static let fields: [Field<Self>] = [
        .id(\.id, "The id of an existing profile"), .optional("name", \.name).readOnly,
        .optional("selfUri", \.selfUri).readOnly, .optional("mediaTypes", \.mediaTypes).readOnly,
    ]
}

/// A reference to a setting by its id in a request, the vendor's `MessagingSettingRequestReference`.
public struct MessagingSettingRequestReference: WireObject {
    /// The id of a setting.
    public var id = ""

    /// Creates an empty reference.
    public init() {}

    /// Creates a reference to the setting with this id.
    public init(id: String) { self.id = id }

    public static let requestSchemaName = "MessagingSettingRequestReference"
    public static let fields: [Field<Self>] = [.id(\.id, "The id of an existing setting")]
}

/// A reference to a setting in a response, the vendor's `MessagingSettingReference`. It has the id and the path, and all other members
/// only in responses that expand the setting.
public struct MessagingSettingReference: WireObject {
    /// The id of the setting.
    public var id = ""
    /// Its name.
    public var name: String?
    /// Its path.
    public var selfUri: String?
    /// The time of its creation.
    public var dateCreated: Date?
    /// The time of its last change.
    public var dateModified: Date?
    /// Its version.
    public var version: String?
    /// The user who created it.
    public var createdBy: DomainEntityRef?
    /// The user who changed it last.
    public var updatedBy: DomainEntityRef?
    /// Its content options.
    public var content: ContentSetting?
    /// Its event options.
    public var event: EventSetting?

    /// Creates an empty reference.
    public init() {}

    /// Creates a reference to this setting with every member that a response can have.
    public init(_ setting: MessagingSetting) {
        id = setting.id
        name = setting.name
        selfUri = setting.selfUri
        dateCreated = setting.dateCreated
        dateModified = setting.dateModified
        version = setting.version
        createdBy = setting.createdBy
        updatedBy = setting.updatedBy
        content = setting.content
        event = setting.event
    }

    public static let fields: [Field<Self>] = [
        .id(\.id), .optional("name", \.name), .optional("selfUri", \.selfUri), .optional("dateCreated", \.dateCreated),
        .optional("dateModified", \.dateModified), .optional("version", \.version),
        .optional("createdBy", \.createdBy), .optional("updatedBy", \.updatedBy), .optional("content", \.content),
        .optional("event", \.event),
    ]
}
