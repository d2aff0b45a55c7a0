/// A selection of an organization's changes.
public struct ChangeSelection: Hashable, Sendable {
    /// The kinds of the changed records.
    public let kinds: [RecordKind]
    /// The id of the changed record of each of these kinds; nil for all records.
    public let id: String?
    /// The last revision of the selection.
    public let last: Revision

    /// Creates a selection of the changes up to and including a revision, of all records of these kinds or of those with this id.
    public init(kinds: [RecordKind], id: String? = nil, upTo last: Revision) {
        self.kinds = kinds
        self.id = id
        self.last = last
    }
}

/// One page of the changes of a ``ChangeSelection``, with the number of all its changes.
public struct ChangePage: Hashable, Sendable {
    /// The largest number of bytes that the records of a page have before and after their changes: 8 MiB. A page of one change may have
    /// more.
    public static let mostBytes = 8 << 20

    /// The changes, the newest first: by revision and then position, descending.
    public let changes: [Change]
    /// The number of changes on all pages.
    public let total: Int
    /// Whether the page lacks changes, since it would have more than ``mostBytes`` with them.
    public let isCut: Bool

    /// Creates a page of these changes.
    public init(changes: [Change], total: Int, isCut: Bool = false) {
        self.changes = changes
        self.total = total
        self.isCut = isCut
    }
}
