public import struct Foundation.Date

/// A set of options for allowed events and content, the vendor's `MessagingSetting`.
public struct MessagingSetting: WireObject, Identifiable {
    /// The id: a UUID if this server created the object, any string otherwise.
    public var id = ""
    /// The name: not blank, at most 256 characters. It need not be unique.
    public var name = ""
    /// The time of its creation, to the millisecond.
    public var dateCreated = Date.distantPast
    /// The time of the last change, to the millisecond.
    public var dateModified = Date.distantPast
    /// The version: "1" at creation, incremented by each change. It is a string, unlike the version of ``SupportedContent``.
    public var version = ""
    /// The user who created it.
    public var createdBy: DomainEntityRef?
    /// The user who changed it last. ``SupportedContent`` calls this `modifiedBy`.
    public var updatedBy: DomainEntityRef?
    /// The content options; nil if there are none.
    public var content: ContentSetting?
    /// The event options; nil if there are none.
    public var event: EventSetting?
    /// The path of the object, always below `/api/v2/conversations/messaging/settings`.
    public var selfUri = ""

    /// Creates a setting with initial values.
    public init() {}

    public static let listingSchemaName = "MessagingConfigListing"
    public static let fields: [Field<Self>] = [
        .id(\.id), .name(\.name), .required("dateCreated", \.dateCreated),
        .required("dateModified", \.dateModified),
        .required("version", \.version, "A string, whereas the version of SupportedContent is an integer"),
        .optional("createdBy", \.createdBy), .optional("updatedBy", \.updatedBy), .optional("content", \.content),
        .optional("event", \.event), .required("selfUri", \.selfUri),
    ]
}

/// The members of a setting that a client may write, the vendor's `MessagingSettingRequest`. A PATCH is a merge patch of it.
public struct MessagingSettingRequest: WireObject {
    /// The name: required, not blank, at most 256 characters.
    public var name = ""
    /// The content options.
    public var content: ContentSetting?
    /// The event options.
    public var event: EventSetting?

    /// Creates a request with initial values.
    public init() {}

    /// Creates a request for a setting with this name.
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

    /// Creates a request with an empty id.
    public init() {}

    /// Creates a request to make this setting the default.
    public init(settingId: String) { self.settingId = settingId }

    public static let fields: [Field<Self>] = [
        .required("settingId", \.settingId, "The id of an existing setting")
    ]
}
