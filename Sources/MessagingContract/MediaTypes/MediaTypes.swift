/// The media types of a profile, the vendor's `MediaTypes`. A profile lists allowed types only; there is no list of denied ones.
public struct MediaTypes: WireObject {
    /// The allowed media types. Nil blocks all media in both directions.
    public var allow: MediaTypeAccess?

    /// Creates a value that allows no media type.
    public init() {}

    /// Creates a value that allows these media types.
    public init(allow: MediaTypeAccess?) { self.allow = allow }

    public static let fields: [Field<Self>] = [.optional("allow", \.allow)]

    /// The largest number of entries in a profile, inbound and outbound together. This limit is our own.
    public static let mostEntries = 1_000

    /// The number of entries, inbound and outbound together.
    package var entryCount: Int { (allow?.inbound?.count ?? 0) + (allow?.outbound?.count ?? 0) }
}

/// The allowed media types of each direction, the vendor's `MediaTypeAccess`.
public struct MediaTypeAccess: WireObject {
    /// The types allowed in inbound messages. Media of other types are dropped from the message. The order is kept.
    public var inbound: [MediaType]?
    /// The types allowed in outbound messages. A message with media of other types is not sent at all. The order is kept.
    public var outbound: [MediaType]?

    /// Creates a value that allows no media type.
    public init() {}

    /// Creates a value that allows these media types.
    public init(inbound: [MediaType]? = nil, outbound: [MediaType]? = nil) {
        self.inbound = inbound
        self.outbound = outbound
    }

    public static let fields: [Field<Self>] = [.optional("inbound", \.inbound), .optional("outbound", \.outbound)]
}

/// An entry of a list of media types, the vendor's `MediaType`.
public struct MediaType: WireObject {
    /// `type/subtype`, `type/*` or `*/*`, where each part is a token of RFC 9110. The spelling of the request is kept.
    public var type = ""

    /// Creates an empty entry.
    public init() {}

    /// Creates an entry without checking the type.
    public init(type: String) { self.type = type }

    public static let fields: [Field<Self>] = [
        // The text contains no "*/": generators copy descriptions, examples and patterns into comments, which "*/" would end.
        .required(
            "type",
            \.type,
            "`type/subtype`, where `*` may replace the subtype or both parts",
            mayMissInAnswers: false,
            constraint: entry
        )
    ]

    private static let entry = Constraint.text(
        0...maximumLength,
        pattern: "([*]/[*]|\(token)/([*]|\(token)))",
        examples: ["image/png", "video/*"],
        matches: isPattern
    ) { text in
        FieldError(.string(text), isNot: "media type", allowed: ["type/subtype", "type/*", "*/*"]).reason
    }
    private static let token = "[\(UInt8.tokenClass.filter { $0 != "*" })]+"
}
