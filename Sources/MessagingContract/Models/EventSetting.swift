/// The event part of a setting, the vendor's `EventSetting`.
public struct EventSetting: MergedObject {
    /// Typing indicators.
    public var typing: TypingSetting?

    /// Nothing said.
    public init() {}

    /// This said of typing indicators.
    public init(typing: TypingSetting?) { self.typing = typing }

    public static let fields: [Field<Self>] = [.optional("typing", \.typing)]
}

/// What is said of typing indicators, the vendor's `TypingSetting`.
public struct TypingSetting: MergedObject {
    /// The indicator that somebody is typing.
    public var on: SettingDirection?

    /// Nothing said.
    public init() {}

    /// This said of the indicator.
    public init(on: SettingDirection?) { self.on = on }

    public static let fields: [Field<Self>] = [.optional("on", \.on)]
}

/// A switch for each direction, the vendor's `SettingDirection`.
public struct SettingDirection: MergedObject {
    /// Whether it is let in.
    public var inbound: Switch?
    /// Whether it is sent out.
    public var outbound: Switch?

    /// Nothing said.
    public init() {}

    /// This said of each direction.
    public init(inbound: Switch? = nil, outbound: Switch? = nil) {
        self.inbound = inbound
        self.outbound = outbound
    }

    public static let fields: [Field<Self>] = [.optional("inbound", \.inbound), .optional("outbound", \.outbound)]
}
