/// On or off.
public enum Switch: String, WireEnum {
    /// On.
    case enabled = "Enabled"
    /// Off.
    case disabled = "Disabled"
}

/// The content part of a setting, the vendor's `ContentSetting`.
public struct ContentSetting: WireObject {
    /// Stories of social networks.
    public var story: StorySetting?

    /// Nothing said.
    public init() {}

    /// This said of stories.
    public init(story: StorySetting?) { self.story = story }

    public static let fields: [Field<Self>] = [.optional("story", \.story)]
}

/// What is said of stories, the vendor's `StorySetting`.
public struct StorySetting: WireObject {
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
public struct InboundOnlySetting: WireObject {
    /// Whether it is let in.
    public var inbound: Switch?

    /// Nothing said.
    public init() {}

    /// This said of what comes in.
    public init(inbound: Switch?) { self.inbound = inbound }

    public static let fields: [Field<Self>] = [.optional("inbound", \.inbound)]
}
