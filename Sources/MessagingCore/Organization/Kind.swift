import MessagingContract

/// The properties of one kind of records. Each kind has one instance, and all of them are in ``all``.
final class Kind: Sendable {
    /// The name that is stored with each record.
    let name: RecordKind
    /// The word for the kind in responses; nil for an internal kind, whose changes are not part of the history.
    let word: ObjectKind?
    /// The names of secret members, at any depth of a record.
    let secrets: Set<String>
    /// The quota of the records; nil for none.
    let quota: Quota?
    /// The largest number of bytes of JSON in one record.
    let mostBytes: Int
    /// The index that an organization derives from the records; nil for none.
    let index: DerivedIndex?
    /// Returns a record with the members that are not stored because they follow from others; nil if all are stored.
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

    /// Returns the kind with a stored name. A kind that is not in ``all`` is internal, and the secret members of all kinds are secret in
    /// its records.
    static subscript(name: RecordKind) -> Kind {
        known[name] ?? Kind(name, word: nil, secrets: allSecrets, quota: nil)
    }

    /// Returns the kind with a word, or nil if there is none.
    static func shown(as word: ObjectKind) -> Kind? { all.first { $0.word == word } }

    /// The names of the kinds whose changes are shown. All other kinds are internal.
    static let shownNames = all.filter { $0.word != nil }.map(\.name)

    private static let known = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    private static let allSecrets = all.reduce(into: Set()) { $0.formUnion($1.secrets) }
}

extension RecordKind {
    /// Whether changes of the kind are not part of the history.
    var isInternal: Bool { word == nil }

    /// The word for the kind in responses; nil for an internal kind.
    var word: ObjectKind? { Kind[self].word }
}
