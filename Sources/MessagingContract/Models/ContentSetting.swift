/// On or off. An answer may have a value that this version does not know; it is kept.
public struct Switch: WireEnum {
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// On.
    public static let enabled = Switch(rawValue: "Enabled")
    /// Off.
    public static let disabled = Switch(rawValue: "Disabled")

    public static let allCases = [enabled, disabled]
}

/// The content part of a setting, the vendor's `ContentSetting`.
public struct ContentSetting: MergedObject {
    /// Stories of social networks.
    public var story: StorySetting?

    /// Nothing said.
    public init() {}

    /// This said of stories.
    public init(story: StorySetting?) { self.story = story }

    public static let fields: [Field<Self>] = [.optional("story", \.story)]
}

/// What is said of stories, the vendor's `StorySetting`.
public struct StorySetting: MergedObject {
    /// Mentions in stories.
    public var mention: InboundOnlySetting?
    /// Replies to stories.
    public var reply: InboundOnlySetting?

    /// Nothing said.
    public init() {}

    /// This said of mentions and replies.
    public init(mention: InboundOnlySetting? = nil, reply: InboundOnlySetting? = nil) {
        self.mention = mention
        self.reply = reply
    }

    public static let fields: [Field<Self>] = [.optional("mention", \.mention), .optional("reply", \.reply)]
}

/// A switch for what comes in, the vendor's `InboundOnlySetting`.
public struct InboundOnlySetting: MergedObject {
    /// Whether it is let in.
    public var inbound: Switch?

    /// Nothing said.
    public init() {}

    /// This said of what comes in.
    public init(inbound: Switch?) { self.inbound = inbound }

    public static let fields: [Field<Self>] = [.optional("inbound", \.inbound)]
}
