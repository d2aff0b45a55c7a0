public import struct Foundation.Date

/// Which events and content an organization lets through, the vendor's `MessagingSetting`.
public struct MessagingSetting: WireObject, Identifiable {
    /// The id; a UUID when this server made it, any string otherwise.
    public var id = ""
    /// The name, not blank, at most 256 characters; need not be unique.
    public var name = ""
    /// When it was created, to the millisecond.
    public var dateCreated = Date.distantPast
    /// When it was last changed, to the millisecond.
    public var dateModified = Date.distantPast
    /// "1" when created, one more with each change. A string, unlike the version of ``SupportedContent``.
    public var version = ""
    /// Who created it.
    public var createdBy: DomainEntityRef?
    /// Who changed it last. ``SupportedContent`` calls this `modifiedBy`.
    public var updatedBy: DomainEntityRef?
    /// What content is on; nil when nothing was said of it.
    public var content: ContentSetting?
    /// What events are on; nil when nothing was said of it.
    public var event: EventSetting?
    /// The path of the object, always below `/api/v2/conversations/messaging/settings`.
    public var selfUri = ""

    /// A setting with nothing set.
    public init() {}

    public static let listingSchemaName = "MessagingConfigListing"
    public static let fields: [Field<Self>] = [
        .id(\.id), .name(\.name), .required("dateCreated", \.dateCreated),
        .required("dateModified", \.dateModified),
        .required("version", \.version, "A string, unlike that of SupportedContent"),
        .optional("createdBy", \.createdBy), .optional("updatedBy", \.updatedBy), .optional("content", \.content),
        .optional("event", \.event), .required("selfUri", \.selfUri),
    ]
}

/// What a client may say of a setting, the vendor's `MessagingSettingRequest`; a PATCH is a merge patch of it.
public struct MessagingSettingRequest: WireObject {
    /// The name: required, not blank, at most 256 characters.
    public var name = ""
    /// What content is on.
    public var content: ContentSetting?
    /// What events are on.
    public var event: EventSetting?

    /// A request with nothing set.
    public init() {}

    /// A request for a setting of this name.
    public init(name: String, content: ContentSetting? = nil, event: EventSetting? = nil) {
        self.name = name
        self.content = content
        self.event = event
    }

    public static let fields: [Field<Self>] = [
        .name(\.name), .optional("content", \.content), .optional("event", \.event),
    ]
}

/// The body that chooses the default setting, the vendor's `MessagingSettingDefaultRequest`.
public struct MessagingSettingDefaultRequest: WireObject {
    /// The id of an existing setting.
    public var settingId = ""

    /// A request with nothing set.
    public init() {}

    /// A request to make this setting the default.
    public init(settingId: String) { self.settingId = settingId }

    public static let fields: [Field<Self>] = [
        .required("settingId", \.settingId, "The id of an existing setting")
    ]
}
