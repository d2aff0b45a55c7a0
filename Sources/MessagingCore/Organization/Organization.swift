public import MessagingContract

import struct Foundation.Date

/// An organization's whole configuration at one revision. It is an immutable value, so a copy is a snapshot.
///
/// A rule makes another value of it only by a ``Draft``.
public struct Organization: Sendable {
    /// The organization's id.
    public let id: String
    /// The number of its commits; 0 before it exists.
    public fileprivate(set) var revision: Revision
    /// The indexes of its records.
    fileprivate(set) var indexes: Indexes

    /// The revision at which it was loaded.
    private let start: Revision
    /// The last revision since the load in which a record of each kind was removed.
    fileprivate var removals: [RecordKind: Revision] = [:]
    fileprivate var tables: [RecordKind: Table]

    /// The estimated memory of an organization without records.
    private static let leastMemory = 4_096

    /// An upper bound that no organization reaches. A stored revision beyond it was not written by this program.
    private static let lastRevision = Revision.max / 2

    /// Creates an organization that does not exist yet.
    init(new id: String) {
        self.init(id, 0, [:], Indexes(at: 0))
    }

    /// Creates a stored organization from its tables. Throws ``StoreError/corrupt(cause:)`` if the revision was not written by this
    /// program.
    init(
        id: String,
        revision: Revision,
        tables: [RecordKind: Table],
        indexes: Indexes
    ) throws(StoreError) {
        guard revision < Self.lastRevision else { throw .corrupt(cause: "revision \(revision)") }
        self.init(id, revision, tables, indexes)
    }

    private init(_ id: String, _ revision: Revision, _ tables: [RecordKind: Table], _ indexes: Indexes) {
        self.id = id
        self.revision = revision
        self.tables = tables
        self.indexes = indexes
        start = revision
    }

    /// The records of one kind.
    public subscript(kind: RecordKind) -> Table { tables[kind] ?? Table() }

    /// The estimated bytes of memory that it takes.
    var memory: Int { tables.values.reduce(Self.leastMemory) { $0 + $1.memory } }

    /// Returns whether no record of a kind is known to have been removed after a revision. It is false for revisions before the load.
    func hasKeptAll(_ kind: RecordKind, since revision: Revision) -> Bool { revision >= removals[kind] ?? start }

    /// Returns the organization after changes that another server committed. Throws if a record does not fit its kind.
    func following(_ changes: [Change]) throws -> Organization {
        var organization = self
        for change in changes { try organization.follow(change) }
        return organization
    }

    private mutating func follow(_ change: Change) throws {
        var indexed = IndexedChange(revision: change.revision)
        if let bytes = change.after {
            let json = try JSON(parsing: bytes)
            let entry = Entry(id: change.id, json: json, bytes: bytes)
            indexed.before = insert(change.kind, entry)
            indexed.after = (entry, json)
        } else {
            indexed.before = remove(change.kind, change.id, in: change.revision)
        }
        try derive(change.kind, indexed)
        revision = max(revision, change.revision)
    }

    /// Adds or replaces a record, and returns the previous record.
    fileprivate mutating func insert(_ kind: RecordKind, _ entry: Entry) -> Entry? {
        tables[kind, default: Table()].insert(entry)
    }

    /// Removes a record in a revision, and returns the previous record.
    fileprivate mutating func remove(_ kind: RecordKind, _ id: String, in revision: Revision) -> Entry? {
        guard let before = tables[kind]?.remove(id) else { return nil }
        removals[kind] = revision
        return before
    }

    /// Updates the index of a kind. Throws if the record does not fit its kind.
    fileprivate mutating func derive(_ kind: RecordKind, _ change: IndexedChange) throws {
        try Kind[kind].index?.follow(&indexes, change)
    }
}

/// A mutable copy of an organization on which a rule works.
///
/// It has the stamp of the rule's run and collects the rule's changes. If the rule throws, its draft is discarded. The rules are methods in
/// extensions of this type.
public struct Draft: Sendable {
    /// A rule, as a function of a draft.
    public typealias Rule<Answer> = @Sendable (inout Draft) throws(APIError) -> Answer

    /// The organization with the rule's changes so far. Its revision moves when the rule has ended.
    public private(set) var organization: Organization
    /// The time, author and id of this run of the rule, and the limits of the organization.
    public let stamp: Stamp
    private var step = Step()

    /// Creates a draft of an organization for one run of a rule.
    package init(_ organization: Organization, _ stamp: Stamp) {
        self.organization = organization
        self.stamp = stamp
    }

    /// Adds or replaces a record.
    @discardableResult
    package mutating func put(_ kind: RecordKind, _ id: String, _ json: JSON) -> Entry {
        put(kind, Entry(id: id, json: json, bytes: json.bytes), json)
    }

    /// Adds or replaces a record that was encoded from `json`.
    @discardableResult
    mutating func put(_ kind: RecordKind, _ entry: Entry, _ json: JSON) -> Entry {
        let before = organization.insert(kind, entry)
        record(kind, entry.id, before, (entry, json))
        return entry
    }

    /// Removes a record, if it exists.
    package mutating func remove(_ kind: RecordKind, _ id: String) {
        guard let before = organization.remove(kind, id, in: nextRevision) else { return }
        record(kind, id, before, nil)
    }

    /// Revokes a token, given by its digest of 32 bytes, before it expires.
    ///
    /// The commit of this change deletes the token and moves the revision, so every server drops the organization's tokens from memory. A
    /// revocation needs no room. Revoking a token again does no harm.
    public mutating func revoke(token digest: [UInt8]) {
        step.revokedTokens.append(digest)
        record(.tokenRevocation, Hexadecimal.string(digest), nil, nil)
    }

    /// Adds an idempotency record to the changes of the rule.
    mutating func keep(_ record: IdempotencyRecord) { step.idempotency.append(record) }

    /// Adds an effect to the changes of the rule, due after a delay in seconds. A rule that changes nothing has no effects. An object has
    /// one effect of a kind at a time, so a second effect replaces the first.
    mutating func emit(_ kind: EffectKind, of object: String, after delay: Double = 0) {
        step.effects.append(Effect(Effect.Key(kind, object), due: stamp.time.addingTimeInterval(delay)))
    }

    /// Deletes an effect with the commit of the rule's changes, which are its result.
    mutating func settle(_ kind: EffectKind, of object: String) {
        step.settledEffects.append(Effect.Key(kind, object))
    }

    /// Ends the rule. Returns the organization, at its next revision if the rule changed anything, and the rule's changes.
    consuming func finish() -> (organization: Organization, step: Step) {
        if !step.changes.isEmpty { organization.revision = nextRevision }
        return (organization, step)
    }

    /// The revision that the organization has after the rule if the rule changes anything.
    package var nextRevision: Revision { organization.revision + 1 }

    private mutating func record(
        _ kind: RecordKind,
        _ id: String,
        _ before: Entry?,
        _ after: (entry: Entry, json: JSON)?
    ) {
        // A rule writes only records that fit their kind, so no index refuses them.
        try? organization.derive(kind, IndexedChange(before: before, after: after, revision: nextRevision))
        step.changes.append(
            Change(
                revision: nextRevision,
                position: step.changes.count,
                kind: kind,
                id: id,
                before: before?.bytes,
                after: after?.entry.bytes,
                author: stamp.author,
                time: stamp.time,
                isInternal: kind.isInternal
            )
        )
    }
}
