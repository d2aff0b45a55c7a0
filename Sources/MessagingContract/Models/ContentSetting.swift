/// A switch that is on or off. A value in a response that this version does not know is kept.
public struct Switch: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// On.
    public static let enabled = Switch(rawValue: "Enabled")
    /// Off.
    public static let disabled = Switch(rawValue: "Disabled")

    public static let allCases = [enabled, disabled]
}

/// The content part of a setting, the vendor's `ContentSetting`.
public struct ContentSetting: MergedObject {
    /// The options for stories of social networks.
    public var story: StorySetting?

    /// Creates an empty setting.
    public init() {}

    /// Creates a setting with these story options.
    public init(story: StorySetting?) { self.story = story }

    public static let fields: [Field<Self>] = [.optional("story", \.story)]
}

/// The options for stories, the vendor's `StorySetting`.
public struct StorySetting: MergedObject {
    /// The switch for mentions in stories.
    public var mention: InboundOnlySetting?
    /// The switch for replies to stories.
    public var reply: InboundOnlySetting?

    /// Creates an empty setting.
    public init() {}

    /// Creates a setting with these switches for mentions and replies.
    public init(mention: InboundOnlySetting? = nil, reply: InboundOnlySetting? = nil) {
        self.mention = mention
        self.reply = reply
    }

    public static let fields: [Field<Self>] = [.optional("mention", \.mention), .optional("reply", \.reply)]
}

/// A switch for one kind of inbound content, the vendor's `InboundOnlySetting`.
public struct InboundOnlySetting: MergedObject {
    /// Whether inbound content is accepted.
    public var inbound: Switch?

    /// Creates an empty setting.
    public init() {}

    /// Creates a setting with this switch.
    public init(inbound: Switch?) { self.inbound = inbound }

    public static let fields: [Field<Self>] = [.optional("inbound", \.inbound)]
}
