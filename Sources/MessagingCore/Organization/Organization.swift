import MessagingContract

import struct Foundation.Date

/// An organization's whole configuration at one revision. It is an immutable value: a copy is a snapshot.
///
/// A rule makes another value of it by a ``Draft`` only.
public struct Organization: Sendable {
    /// The organization's id.
    public let id: String
    /// The number of its commits; 0 before it exists.
    public fileprivate(set) var revision: Revision
    /// The OAuth clients by id, decoded.
    public fileprivate(set) var clients: [String: OAuthClient]
    /// The permissions of each client.
    fileprivate(set) var grants: [String: Set<Permission>]
    /// The integrations that refer to each object.
    fileprivate(set) var references: References
    /// The last revision in which a client changed, or a later one.
    fileprivate(set) var accessRevision: Revision
    /// The last revision in which a token was revoked, or a later one.
    fileprivate(set) var tokenRevision: Revision

    /// The revision at which it was loaded.
    private let start: Revision
    /// The last revision in which a record of a kind was removed, since it was loaded.
    fileprivate var removals: [RecordKind: Revision] = [:]
    fileprivate var tables: [RecordKind: Table]

    /// What one without records takes.
    private static let leastMemory = 4_096

    /// No organization reaches this revision; a stored one that does was not written by this program.
    private static let lastRevision = Revision.max / 2

    /// Creates an organization that does not exist yet.
    init(new id: String) {
        self.init(id, 0, [:], [:], References())
    }

    /// Creates a stored organization of its tables. Throws ``StoreError/corrupt(cause:)`` when the revision was not written by this
    /// program.
    init(
        id: String,
        revision: Revision,
        tables: [RecordKind: Table],
        clients: [String: OAuthClient],
        references: References
    ) throws(StoreError) {
        guard revision < Self.lastRevision else { throw .corrupt(cause: "revision \(revision)") }
        self.init(id, revision, tables, clients, references)
    }

    private init(
        _ id: String,
        _ revision: Revision,
        _ tables: [RecordKind: Table],
        _ clients: [String: OAuthClient],
        _ references: References
    ) {
        self.id = id
        self.revision = revision
        self.tables = tables
        self.clients = clients
        self.references = references
        grants = clients.mapValues(\.grants)
        start = revision
        accessRevision = revision
        tokenRevision = revision
    }

    /// The records of one kind.
    public subscript(kind: RecordKind) -> Table { tables[kind] ?? Table() }

    /// The bytes of memory that it takes, estimated.
    var memory: Int { tables.values.reduce(Self.leastMemory) { $0 + $1.memory } }

    /// Returns whether it is known that no record of a kind was removed after a revision.
    func hasKeptAll(_ kind: RecordKind, since revision: Revision) -> Bool { revision >= removals[kind] ?? start }

    /// Returns the organization after changes that another server committed. Throws when a record is not what its kind says.
    func following(_ changes: [Change]) throws -> Organization {
        var organization = self
        for change in changes { try organization.follow(change) }
        return organization
    }

    private mutating func follow(_ change: Change) throws {
        if change.kind == .oauthClient { accessRevision = change.revision }
        if change.kind == .tokenRevocation { tokenRevision = change.revision }
        if let after = change.after {
            let json = try JSON(parsing: after)
            if change.kind == .oauthClient { _ = try OAuthClient(json: json) }
            _ = set(change.kind, Entry(id: change.id, json: json, bytes: after), json)
        } else {
            _ = unset(change.kind, change.id, in: change.revision)
        }
        revision = max(revision, change.revision)
    }

    /// Sets a record and what is derived from it; returns the record that was there.
    fileprivate mutating func set(_ kind: RecordKind, _ entry: Entry, _ json: JSON) -> Entry? {
        if kind == .oauthClient { set(client: try? OAuthClient(json: json), entry.id) }
        let before = tables[kind, default: Table()].insert(entry)
        if kind == .openIntegration { references.replace(before, by: entry, json.object ?? [:]) }
        return before
    }

    /// Removes a record and what is derived from it, in a revision; returns the record that was there.
    fileprivate mutating func unset(_ kind: RecordKind, _ id: String, in revision: Revision) -> Entry? {
        guard let before = tables[kind]?.remove(id) else { return nil }
        if kind == .oauthClient { set(client: nil, id) }
        if kind == .openIntegration { references.remove(before) }
        removals[kind] = revision
        return before
    }

    private mutating func set(client: OAuthClient?, _ id: String) {
        clients[id] = client
        grants[id] = client?.grants
    }
}

/// A mutable copy of an organization on which a rule works.
///
/// It has the stamp of the rule's run and collects what the rule changes. A draft whose rule throws is discarded. The rules are methods in
/// extensions of it.
public struct Draft: Sendable {
    /// The organization as the rule has made it so far. Its revision moves when the rule has ended.
    public private(set) var organization: Organization
    /// The time, author and id of this run of the rule, and what the organization may hold.
    public let stamp: Stamp
    private var step = Step()

    /// Creates a draft of an organization for one run of a rule.
    package init(_ organization: Organization, _ stamp: Stamp) {
        self.organization = organization
        self.stamp = stamp
    }

    /// Adds or replaces a record.
    @discardableResult
    mutating func put(_ kind: RecordKind, _ id: String, _ json: JSON) -> Entry {
        put(kind, Entry(id: id, json: json, bytes: json.bytes), json)
    }

    /// Adds or replaces a record that was encoded from `json`.
    @discardableResult
    mutating func put(_ kind: RecordKind, _ entry: Entry, _ json: JSON) -> Entry {
        let before = organization.set(kind, entry, json)
        record(kind, entry.id, before?.bytes, entry.bytes)
        return entry
    }

    /// Removes a record; does nothing when there is none.
    mutating func remove(_ kind: RecordKind, _ id: String) {
        guard let before = organization.unset(kind, id, in: nextRevision) else { return }
        record(kind, id, before.bytes, nil)
    }

    /// Ends a token, known by its digest of 32 bytes, before it expires.
    ///
    /// The commit of this change deletes the token and moves the revision, so that every server drops the tokens of the organization that
    /// it remembers. Needs no room. Revoking a token again does no harm.
    public mutating func revoke(token digest: [UInt8]) {
        step.revokedTokens.append(digest)
        organization.tokenRevision = nextRevision
        record(.tokenRevocation, Hexadecimal.string(digest), nil, nil)
    }

    /// Stores an idempotency record together with the changes of the rule.
    mutating func keep(_ record: IdempotencyRecord) { step.idempotency.append(record) }

    /// Adds an effect of the changes of the rule, due in so many seconds. A rule that changes nothing has no
    /// effects. An object has one effect of a kind at a time: a second one takes the place of the first.
    mutating func emit(_ kind: EffectKind, of object: String, after delay: Double = 0) {
        step.effects.append(Effect(Effect.Key(kind, object), due: stamp.time.addingTimeInterval(delay)))
    }

    /// Deletes an effect that the changes of the rule carry out, together with them.
    mutating func settle(_ kind: EffectKind, of object: String) {
        step.settledEffects.append(Effect.Key(kind, object))
    }

    /// Ends the rule: returns the organization, at its next revision if the rule changed anything, and what the rule changed.
    consuming func finish() -> (organization: Organization, step: Step) {
        if !step.changes.isEmpty { organization.revision = nextRevision }
        return (organization, step)
    }

    private var nextRevision: Revision { organization.revision + 1 }

    private mutating func record(_ kind: RecordKind, _ id: String, _ before: [UInt8]?, _ after: [UInt8]?) {
        if kind == .oauthClient { organization.accessRevision = nextRevision }
        step.changes.append(
            Change(
                revision: nextRevision,
                position: step.changes.count,
                kind: kind,
                id: id,
                before: before,
                after: after,
                author: stamp.author,
                time: stamp.time,
                isInternal: kind.isInternal
            )
        )
    }
}

extension OAuthClient {
    /// What it may do.
    fileprivate var grants: Set<Permission> { Set(permissions.map(Permission.init(rawValue:))) }
}
