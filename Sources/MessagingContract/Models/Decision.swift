/// The effect of a profile on a message with attachments.
public struct Decision: WireObject {
    /// The direction of the message.
    public var direction = MessageDirection.inbound
    /// The effect on the message. An inbound message is delivered without the attachments that are not allowed. An outbound message with
    /// such an attachment is not sent at all.
    public var effect = DecisionEffect.delivered
    /// The number of attachments that are not allowed.
    public var blocked = 0
    /// The decision on each attachment, in the order of the request.
    public var attachments: [AttachmentDecision] = []

    /// Creates a decision with initial values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("direction", \.direction),
        .required(
            "effect",
            \.effect,
            "What happens to the message; an inbound message is delivered without its blocked attachments"
        ),
        .required("blocked", \.blocked, "The number of attachments that are not allowed"),
        .required("attachments", \.attachments, "What happens to each attachment, in the order of the request"),
    ]
}

/// The effect of a profile on one attachment.
public struct AttachmentDecision: WireObject {
    /// The media type of the decision. If the type was declared, it has the declared spelling.
    public var mediaType = ""
    /// The source of the media type.
    public var source = MediaTypeSource.none
    /// The media type detected from the first bytes if it contradicts `mediaType`; nil otherwise.
    public var detected: String?
    /// Whether the profile allows this media type in this direction.
    public var allowed = false
    /// The entry of the profile that allows the media type; nil if none does.
    public var entry: DecidingEntry?
    /// The reason why no entry allows the media type; nil if one does.
    public var reason: BlockReason?
    /// The effect on the attachment. An allowed attachment is not sent if another one stops its message.
    public var effect = DecisionEffect.dropped

    /// Creates a decision with initial values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("mediaType", \.mediaType, "The media type on which the decision is based"),
        .required("source", \.source, "The source of the media type"),
        .optional(
            "detected",
            \.detected,
            "The media type detected from the first bytes, if it contradicts mediaType; absent otherwise"
        ),
        .required("allowed", \.allowed),
        .optional("entry", \.entry, "The first entry of the profile that allows the media type; absent if none does"),
        .optional("reason", \.reason, "Why no entry allows the media type; absent if one does"),
        .required("effect", \.effect, "What happens to the attachment"),
    ]

    /// Appends the decision in its JSON form. In this module the compiler knows the fields, which halves the time.
    package func write(to bytes: inout [UInt8]) { json.write(to: &bytes) }
}

/// The effect of a profile on a message or an attachment. A value in a response that this version does not know is kept.
public struct DecisionEffect: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It reaches the organization.
    public static let delivered = DecisionEffect(rawValue: "Delivered")
    /// It is removed from its message, and the message is delivered without it.
    public static let dropped = DecisionEffect(rawValue: "Dropped")
    /// It reaches the customer.
    public static let sent = DecisionEffect(rawValue: "Sent")
    /// The message as a whole is not sent.
    public static let notSent = DecisionEffect(rawValue: "NotSent")

    public static let allCases = [delivered, dropped, sent, notSent]
}

/// The source of a media type. A value in a response that this version does not know is kept.
public struct MediaTypeSource: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The declared media type.
    public static let mime = MediaTypeSource(rawValue: "Mime")
    /// The first bytes of the file.
    public static let firstBytes = MediaTypeSource(rawValue: "FirstBytes")
    /// The name of the file. The first bytes, if present, indicate no kind, the container format of such files, or only a guess.
    public static let filename = MediaTypeSource(rawValue: "Filename")
    /// No source. The type is `application/octet-stream`.
    public static let none = MediaTypeSource(rawValue: "None")

    public static let allCases = [mime, firstBytes, filename, none]
}

/// The reason why a profile blocks a medium. A value in a response that this version does not know is kept.
public struct BlockReason: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The profile has no entries for the direction.
    public static let nothingAllowed = BlockReason(rawValue: "NothingAllowed")
    /// No entry for the direction matches this media type.
    public static let notListed = BlockReason(rawValue: "NotListed")
    /// The declared type is not a media type `type/subtype`. Not even `*/*` allows it (our reading).
    public static let notAMediaType = BlockReason(rawValue: "NotAMediaType")

    public static let allCases = [nothingAllowed, notListed, notAMediaType]
}
