/// What a profile does to a message with some attachments.
public struct Decision: WireObject {
    /// Which way the message goes.
    public var direction = MessageDirection.inbound
    /// What happens to the message: an inbound one is delivered with what is left of it, an outbound one with an attachment that is
    /// not allowed is not sent at all.
    public var effect = DecisionEffect.delivered
    /// How many of its attachments are not allowed.
    public var blocked = 0
    /// What happens to each of its attachments, in the order of the request.
    public var attachments: [AttachmentDecision] = []

    /// A decision with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("direction", \.direction),
        .required(
            "effect",
            \.effect,
            "What happens to the message; an inbound one is delivered with what is left of it"
        ),
        .required("blocked", \.blocked, "How many attachments are not allowed"),
        .required("attachments", \.attachments, "What happens to each attachment, in the order of the request"),
    ]
}

/// What a profile does to one attachment.
public struct AttachmentDecision: WireObject {
    /// The media type that was decided on; a declared one as it was declared.
    public var mediaType = ""
    /// The source of the media type.
    public var source = MediaTypeSource.none
    /// The media type by the first bytes, when it contradicts the media type of the attachment; nil otherwise.
    public var detected: String?
    /// Whether the profile lets this media type pass in this direction.
    public var allowed = false
    /// The entry of the profile that lets it pass; nil when none does.
    public var entry: DecidingEntry?
    /// Why none does; nil when one does.
    public var reason: BlockReason?
    /// What happens to the attachment. An allowed one is not sent either when another one stops its message.
    public var effect = DecisionEffect.dropped

    /// A decision with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("mediaType", \.mediaType, "The media type that was decided on"),
        .required("source", \.source, "What told the media type"),
        .optional("detected", \.detected, "What the first bytes tell, where they contradict the media type"),
        .required("allowed", \.allowed),
        .optional("entry", \.entry, "The first entry of the profile that lets it pass; absent when none does"),
        .optional("reason", \.reason, "Why no entry lets it pass; absent when one does"),
        .required("effect", \.effect, "What happens to the attachment"),
    ]

    /// Appends the decision as it stands in a response. It takes half the time where the compiler knows the fields, which is in their module.
    package func write(to bytes: inout [UInt8]) { json.write(to: &bytes) }
}

/// What happens to a message or an attachment. An answer may have a value that this version does not know; it is kept.
public struct DecisionEffect: WireEnum {
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It reaches the organization.
    public static let delivered = DecisionEffect(rawValue: "Delivered")
    /// It is taken out of its message, which is delivered without it.
    public static let dropped = DecisionEffect(rawValue: "Dropped")
    /// It reaches the customer.
    public static let sent = DecisionEffect(rawValue: "Sent")
    /// The message as a whole is not sent.
    public static let notSent = DecisionEffect(rawValue: "NotSent")

    public static let allCases = [delivered, dropped, sent, notSent]
}

/// The source of a media type. A response may have a value that this version does not know; it is kept.
public struct MediaTypeSource: WireEnum {
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It was declared.
    public static let mime = MediaTypeSource(rawValue: "Mime")
    /// The first bytes of the file.
    public static let firstBytes = MediaTypeSource(rawValue: "FirstBytes")
    /// The name of the file. First bytes, where there are some, indicate no kind, a form that such files are stored in, or a guess.
    public static let filename = MediaTypeSource(rawValue: "Filename")
    /// Nothing; the type is `application/octet-stream` then.
    public static let none = MediaTypeSource(rawValue: "None")

    public static let allCases = [mime, firstBytes, filename, none]
}

/// Why a profile lets a medium not pass. An answer may have a value that this version does not know; it is kept.
public struct BlockReason: WireEnum {
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The profile has no entry at all for the direction.
    public static let nothingAllowed = BlockReason(rawValue: "NothingAllowed")
    /// No entry for the direction is for this media type.
    public static let notListed = BlockReason(rawValue: "NotListed")
    /// What is declared is not one media type, `type/subtype`; not even `*/*` lets it pass (our reading).
    public static let notAMediaType = BlockReason(rawValue: "NotAMediaType")

    public static let allCases = [nothingAllowed, notListed, notAMediaType]
}
