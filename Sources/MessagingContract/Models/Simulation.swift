/// What a profile makes of a log of attachments, and what a proposed profile would.
public struct Simulation: WireObject {
    /// The rows of the log, without those that are malformed. All other counts are of these.
    public var rows = 0
    /// The rows that could not be read.
    public var malformedRows = 0
    /// The first of them, ten at most.
    public var firstMalformedRows: [MalformedRow] = []
    /// What the profile lets pass as it is.
    public var today = SimulationOutcome()
    /// What the proposed profile lets pass; nil when nothing is proposed.
    public var proposed: SimulationOutcome?
    /// The rows that are blocked today, and are not by the proposed profile.
    public var newlyAllowedRows: Int?
    /// The rows that pass today, and are blocked by the proposed profile.
    public var newlyBlockedRows: Int?
    /// The rows by direction and media type, those with most rows first.
    public var groups: [SimulationGroup] = []
    /// The rows that are in no group: at most 10,000 groups are counted separately, of media types of 255 characters at most. All other
    /// counts include these rows.
    public var rowsOutsideGroups = 0
    /// The smallest list that lets the whole log pass: each media type that is in the log, per direction, and nothing else. Rows
    /// whose type is no media type are left out, since nothing lets them pass. Nil when some rows stand in no group.
    public var smallestMediaTypes: MediaTypes?

    /// Nothing counted.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("rows", \.rows, "The rows of the log that are well-formed; all other counts are of these"),
        .required("malformedRows", \.malformedRows, "The rows that could not be read"),
        .required("firstMalformedRows", \.firstMalformedRows, "The first of them, ten at most"),
        .required("today", \.today, "What the profile lets pass as it is"),
        .distinct("proposed", \.proposed, "What the proposed profile lets pass"),
        .optional("newlyAllowedRows", \.newlyAllowedRows, "Blocked today, and not by the proposed profile"),
        .optional("newlyBlockedRows", \.newlyBlockedRows, "Passing today, and blocked by the proposed profile"),
        .required("groups", \.groups, "The rows by direction and media type, those with most rows first"),
        .required(
            "rowsOutsideGroups",
            \.rowsOutsideGroups,
            "The rows in no group, of which 10,000 are told apart; they are counted in everything else"
        ),
        .optional(
            "smallestMediaTypes",
            \.smallestMediaTypes,
            "The smallest list that lets the whole log pass: the media types in the log, and nothing else; absent when there are "
                + "rows outside the groups"
        ),
    ]
}

/// How many rows of a log pass, and how many do not.
public struct SimulationOutcome: WireObject {
    /// The rows that pass.
    public var allowedRows = 0
    /// The rows that do not: inbound, the medium is dropped from its message; outbound, the message is not sent.
    public var blockedRows = 0

    /// No rows.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("allowedRows", \.allowedRows), .required("blockedRows", \.blockedRows),
    ]
}

/// The rows of a log that have the same direction and media type.
public struct SimulationGroup: WireObject {
    /// The direction.
    public var direction = MessageDirection.inbound
    /// The media type in lower case, without parameters; nil for all rows whose type is no media type, which nothing lets pass.
    public var mediaType: String?
    /// How many rows these are.
    public var rows = 0
    /// Whether they pass today, and why.
    public var today = SimulationDecision()
    /// Whether they pass with the proposed profile, and why; nil when nothing is proposed.
    public var proposed: SimulationDecision?

    /// No rows.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("direction", \.direction),
        .optional("mediaType", \.mediaType, "Absent for all rows whose type is no media type, which nothing lets pass"),
        .required("rows", \.rows), .required("today", \.today), .distinct("proposed", \.proposed),
    ]
}

/// Whether a profile lets a media type pass.
public struct SimulationDecision: WireObject {
    /// Whether it passes.
    public var allowed = false
    /// The first entry of the profile that lets it pass; nil when none does.
    public var entry: DecidingEntry?

    /// Nothing passes.
    public init() {}

    /// What this entry lets pass; nil blocks.
    public init(entry: DecidingEntry?) {
        allowed = entry != nil
        self.entry = entry
    }

    public static let fields: [Field<Self>] = [
        .required("allowed", \.allowed),
        .optional("entry", \.entry, "The first entry of the profile that lets it pass; absent when none does"),
    ]
}

/// A row of a log that could not be read.
public struct MalformedRow: WireObject {
    /// The line on which the row begins, from 1.
    public var line = 0
    /// Why it could not be read, for people.
    public var reason = ""

    /// A row of which nothing is known.
    public init() {}

    /// A row that begins on this line.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    public static let fields: [Field<Self>] = [
        .required("line", \.line, "The line on which the row begins, from 1"),
        .required("reason", \.reason, "For people"),
    ]
}
