import MessagingContract

/// What the program knows of one kind of records. There is one instance for each kind; all of them are in ``all``.
final class Kind: Sendable {
    /// The name that is stored with each record.
    let name: RecordKind
    /// The word under which changes of the kind are shown; nil for an internal kind, whose changes are no part of the history.
    let word: ObjectKind?
    /// The members with secrets, wherever they stand in a record.
    let secrets: Set<String>
    /// What the records count against; nil for nothing.
    let quota: Quota?
    /// The most bytes of JSON that one record may have.
    let mostBytes: Int
    /// What an organization derives of the records; nil for nothing.
    let index: DerivedIndex?
    /// Returns a record with the members that are not stored, since they follow from others; nil when all are stored.
    let complete: (@Sendable (JSON) -> JSON)?

    init(
        _ name: RecordKind,
        word: ObjectKind?,
        secrets: Set<String>,
        quota: Quota?,
        mostBytes: Int = ObjectSize.other,
        index: DerivedIndex? = nil,
        complete: (@Sendable (JSON) -> JSON)? = nil
    ) {
        self.name = name
        self.word = word
        self.secrets = secrets
        self.quota = quota
        self.mostBytes = mostBytes
        self.index = index
        self.complete = complete
    }

    /// What is known of the kind with a stored name. A kind that is not in ``all`` is internal, and all that any kind has as a secret
    /// is one in its records.
    static subscript(name: RecordKind) -> Kind {
        known[name] ?? Kind(name, word: nil, secrets: allSecrets, quota: nil)
    }

    /// The kind that is shown under a word; nil when there is none.
    static func shown(as word: ObjectKind) -> Kind? { all.first { $0.word == word } }

    /// The names of the kinds whose changes are shown; all others are internal.
    static let shownNames = all.filter { $0.word != nil }.map(\.name)

    private static let known = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    private static let allSecrets = all.reduce(into: Set()) { $0.formUnion($1.secrets) }
}

extension RecordKind {
    /// Whether changes of the kind are no part of the history.
    var isInternal: Bool { word == nil }

    /// The word under which the kind is shown; nil for an internal one.
    var word: ObjectKind? { Kind[self].word }
}
