/// The result of applying a profile, and optionally a proposed profile, to a log of attachments.
public struct Simulation: WireObject {
    /// The number of rows in the log without malformed ones. All other counts are about these rows.
    public var rows = 0
    /// The number of rows that could not be read.
    public var malformedRows = 0
    /// The first malformed rows, at most ten.
    public var firstMalformedRows: [MalformedRow] = []
    /// The outcome of the present profile.
    public var today = SimulationOutcome()
    /// The outcome of the proposed profile; nil if none is proposed.
    public var proposed: SimulationOutcome?
    /// The number of rows that the present profile blocks and the proposed profile allows.
    public var newlyAllowedRows: Int?
    /// The number of rows that the present profile allows and the proposed profile blocks.
    public var newlyBlockedRows: Int?
    /// The rows by direction and media type, largest groups first.
    public var groups: [SimulationGroup] = []
    /// The number of rows outside all groups. At most 10,000 groups are counted separately, for media types of at most 255 characters. All
    /// other counts include these rows.
    public var rowsOutsideGroups = 0
    /// The smallest list that allows the whole log: each media type in the log, by direction, and no other types. It omits rows whose
    /// type is not a media type, since no entry allows them. Nil if some rows are outside all groups.
    public var smallestMediaTypes: MediaTypes?

    /// Creates a simulation without rows.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("rows", \.rows, "The number of well-formed rows in the log; all other counts are about these rows"),
        .required("malformedRows", \.malformedRows, "The number of rows that could not be read"),
        .required("firstMalformedRows", \.firstMalformedRows, "The first malformed rows, at most ten"),
        .required("today", \.today, "The outcome of the current profile"),
        .distinct("proposed", \.proposed, "The outcome of the proposed profile"),
        .optional(
            "newlyAllowedRows",
            \.newlyAllowedRows,
            "The number of rows that the current profile blocks and the proposed profile allows"
        ),
        .optional(
            "newlyBlockedRows",
            \.newlyBlockedRows,
            "The number of rows that the current profile allows and the proposed profile blocks"
        ),
        .required("groups", \.groups, "The rows by direction and media type, largest groups first"),
        .required(
            "rowsOutsideGroups",
            \.rowsOutsideGroups,
            "The number of rows in no group, since there are at most 10,000 groups; all other counts include them"
        ),
        .optional(
            "smallestMediaTypes",
            \.smallestMediaTypes,
            "The smallest list that allows the whole log: the media types in the log, and no others; absent if there are rows "
                + "outside the groups"
        ),
    ]
}

/// The numbers of rows that a profile allows and blocks.
public struct SimulationOutcome: WireObject {
    /// The number of allowed rows.
    public var allowedRows = 0
    /// The number of blocked rows. An inbound medium is dropped from its message; an outbound message is not sent.
    public var blockedRows = 0

    /// Creates an outcome without rows.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("allowedRows", \.allowedRows), .required("blockedRows", \.blockedRows),
    ]
}

/// A group of rows that have the same direction and media type.
public struct SimulationGroup: WireObject {
    /// The direction.
    public var direction = MessageDirection.inbound
    /// The media type in lower case without parameters. Nil stands for all rows whose type is not a media type; no entry allows them.
    public var mediaType: String?
    /// The number of rows.
    public var rows = 0
    /// The decision of the present profile.
    public var today = SimulationDecision()
    /// The decision of the proposed profile; nil if none is proposed.
    public var proposed: SimulationDecision?

    /// Creates a group without rows.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("direction", \.direction),
        .optional(
            "mediaType",
            \.mediaType,
            "Absent for the group of all rows whose type is not a media type; no entry allows them"
        ),
        .required("rows", \.rows), .required("today", \.today), .distinct("proposed", \.proposed),
    ]
}

/// The decision of a profile on a media type.
public struct SimulationDecision: WireObject {
    /// Whether the profile allows the media type.
    public var allowed = false
    /// The first entry of the profile that allows the media type; nil if none does.
    public var entry: DecidingEntry?

    /// Creates a decision that blocks.
    public init() {}

    /// Creates a decision that this entry allows the media type, or a blocking one for nil.
    public init(entry: DecidingEntry?) {
        allowed = entry != nil
        self.entry = entry
    }

    public static let fields: [Field<Self>] = [
        .required("allowed", \.allowed),
        .optional("entry", \.entry, "The first entry of the profile that allows the media type; absent if none does"),
    ]
}

/// A row of a log that could not be read.
public struct MalformedRow: WireObject {
    /// The line on which the row begins, from 1.
    public var line = 0
    /// A reason for people.
    public var reason = ""

    /// Creates an empty value.
    public init() {}

    /// Creates a value for a row that begins on this line.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    public static let fields: [Field<Self>] = [
        .required("line", \.line, "The line on which the row begins, from 1"),
        .required("reason", \.reason, "What is wrong with the row, for people"),
    ]
}
