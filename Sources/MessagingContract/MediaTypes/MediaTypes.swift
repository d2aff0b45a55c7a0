/// The media types of a profile, the vendor's `MediaTypes`. There is a list of what is allowed, and none of what is denied.
public struct MediaTypes: WireObject {
    /// What may pass; nil blocks all media, both ways.
    public var allow: MediaTypeAccess?

    /// Nothing allowed.
    public init() {}

    /// These allowed.
    public init(allow: MediaTypeAccess?) { self.allow = allow }

    public static let fields: [Field<Self>] = [.optional("allow", \.allow)]

    /// The most entries that a profile may have, inbound and outbound together. Our own limit.
    public static let mostEntries = 1_000

    /// The number of entries, inbound and outbound together.
    package var entryCount: Int { (allow?.inbound?.count ?? 0) + (allow?.outbound?.count ?? 0) }
}

/// What may pass in each direction, the vendor's `MediaTypeAccess`.
public struct MediaTypeAccess: WireObject {
    /// What may come in: media of other types are dropped from the message. The order is kept.
    public var inbound: [MediaType]?
    /// What may go out: a message with media of other types is not sent at all. The order is kept.
    public var outbound: [MediaType]?

    /// Nothing allowed.
    public init() {}

    /// These allowed.
    public init(inbound: [MediaType]? = nil, outbound: [MediaType]? = nil) {
        self.inbound = inbound
        self.outbound = outbound
    }

    public static let fields: [Field<Self>] = [.optional("inbound", \.inbound), .optional("outbound", \.outbound)]
}

/// An entry of a list of media types, the vendor's `MediaType`.
public struct MediaType: WireObject {
    /// `type/subtype`, `type/*` or `*/*`, each part a token of RFC 9110; kept as it was given.
    public var type = ""

    /// Nothing set.
    public init() {}

    /// An entry, not yet checked.
    public init(type: String) { self.type = type }

    public static let fields: [Field<Self>] = [
        Field(
            name: "type",
            isRequired: true,
            // No "*/" in a document: generators write descriptions, examples and patterns into comments that this ends.
            about: "`type/subtype`; `*` may stand for the subtype, or for both",
            schema: { _ in
                Schema([
                    "type": "string", "maxLength": JSON(integerLiteral: maximumLength),
                    "pattern": .string("^([*]/[*]|\(token)/([*]|\(token)))$"),
                    "examples": ["image/png", "video/*"],
                ])
            },
            read: { (json, side, owner) throws(FieldError) in
                if json.isNull { throw FieldError(reason: .missing) }
                let type = try String(json: json, side: side)
                guard side == .response || isPattern(type) else {
                    throw FieldError(json, isNot: "media type", allowed: patterns)
                }
                owner.type = type
            },
            write: { $0.type.json }
        )
    ]

    private static let token = "[!#$%&'+.^_`|~0-9A-Za-z-]+"
    private static let patterns = ["type/subtype", "type/*", "*/*"]
}
