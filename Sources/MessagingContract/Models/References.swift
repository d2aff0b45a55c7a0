public import struct Foundation.Date

/// A profile named by its id, the vendor's `SupportedContentReference`.
public struct SupportedContentReference: WireObject {
    /// The id of a profile.
    public var id = ""
    /// Its name, only in answers that were asked to expand it.
    public var name: String?
    /// Its path, only in answers.
    public var selfUri: String?
    /// What may pass, only in answers that were asked to expand it; nil there too when the profile blocks all media.
    public var mediaTypes: MediaTypes?

    /// A reference with nothing set.
    public init() {}

    /// A reference to this profile.
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

/// A setting named by its id in a request, the vendor's `MessagingSettingRequestReference`.
public struct MessagingSettingRequestReference: WireObject {
    /// The id of a setting.
    public var id = ""

    /// A reference with nothing set.
    public init() {}

    /// A reference to this setting.
    public init(id: String) { self.id = id }

    public static let requestSchemaName = "MessagingSettingRequestReference"
    public static let fields: [Field<Self>] = [.id(\.id, "The id of an existing setting")]
}

/// A setting that an answer refers to, the vendor's `MessagingSettingReference`: id and path, and all the rest in answers that were
/// asked to expand it.
public struct MessagingSettingReference: WireObject {
    /// The id of the setting.
    public var id = ""
    /// Its name.
    public var name: String?
    /// Its path.
    public var selfUri: String?
    /// When it was created.
    public var dateCreated: Date?
    /// When it was last changed.
    public var dateModified: Date?
    /// Its version.
    public var version: String?
    /// Who created it.
    public var createdBy: DomainEntityRef?
    /// Who changed it last.
    public var updatedBy: DomainEntityRef?
    /// What content is on.
    public var content: ContentSetting?
    /// What events are on.
    public var event: EventSetting?

    /// A reference with nothing set.
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
