/// Which changes of an organization are meant.
public struct ChangeSelection: Hashable, Sendable {
    /// The kinds of the records that changed.
    public let kinds: [RecordKind]
    /// The id of the one record of each of these kinds that is meant; nil for all.
    public let id: String?
    /// The last revision whose changes are meant.
    public let last: Revision

    /// The changes up to and including a revision of the records of these kinds, or of the one with this id.
    public init(kinds: [RecordKind], id: String? = nil, upTo last: Revision) {
        self.kinds = kinds
        self.id = id
        self.last = last
    }
}

/// Some of the changes that a ``ChangeSelection`` means, and how many it means.
public struct ChangePage: Hashable, Sendable {
    /// How many bytes the records of a page have before and after their changes, unless it is one change: 8 MiB.
    public static let mostBytes = 8 << 20

    /// The changes, the newest first: by revision and then position, descending.
    public let changes: [Change]
    /// How many there are on all pages.
    public let total: Int
    /// Whether changes of the page are missing, since with them it would have more than ``mostBytes``.
    public let isCut: Bool

    /// A page with these changes.
    public init(changes: [Change], total: Int, isCut: Bool = false) {
        self.changes = changes
        self.total = total
        self.isCut = isCut
    }
}
