/// The event part of a setting, the vendor's `EventSetting`.
public struct EventSetting: MergedObject {
    /// The options for typing indicators.
    public var typing: TypingSetting?

    /// Creates an empty setting.
    public init() {}

    /// Creates a setting with these options for typing indicators.
    public init(typing: TypingSetting?) { self.typing = typing }

    public static let fields: [Field<Self>] = [.optional("typing", \.typing)]
}

/// The options for typing indicators, the vendor's `TypingSetting`.
public struct TypingSetting: MergedObject {
    /// The switches for the indicator that somebody is typing.
    public var on: SettingDirection?

    /// Creates an empty setting.
    public init() {}

    /// Creates a setting with these switches.
    public init(on: SettingDirection?) { self.on = on }

    public static let fields: [Field<Self>] = [.optional("on", \.on)]
}

/// A switch for each direction, the vendor's `SettingDirection`.
public struct SettingDirection: MergedObject {
    /// Whether inbound events are accepted.
    public var inbound: Switch?
    /// Whether outbound events are sent.
    public var outbound: Switch?

    /// Creates an empty setting.
    public init() {}

    /// Creates a setting with these switches.
    public init(inbound: Switch? = nil, outbound: Switch? = nil) {
        self.inbound = inbound
        self.outbound = outbound
    }

    public static let fields: [Field<Self>] = [.optional("inbound", \.inbound), .optional("outbound", \.outbound)]
}
