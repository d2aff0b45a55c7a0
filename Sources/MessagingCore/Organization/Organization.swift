import MessagingContract

/// An organization's whole configuration at one revision, as an immutable value: a copy is a snapshot.
///
/// The rules are mutating methods. They run on a draft, which is thrown away when one throws; what a rule changed is collected
/// until ``seal()``.
public struct Organization: Sendable {
    /// The organization's id.
    public let id: String
    /// How often it has changed; 0 before it exists.
    public private(set) var revision: Revision = 0
    /// The OAuth clients by id, decoded.
    public private(set) var clients: [String: OAuthClient] = [:]
    /// What each of them may do.
    private(set) var grants: [String: Set<Permission>] = [:]
    /// The last revision in which a client changed, or a later one.
    private(set) var accessRevision: Revision
    /// The last revision in which a token was revoked, or a later one.
    private(set) var tokenRevision: Revision

    /// No organization gets so far; a stored revision that does is not one of ours.
    private static let lastRevision = Revision.max / 2

    /// Which integrations refer to what.
    private(set) var references = References()

    /// When it was loaded.
    private let start: Revision
    /// The last revision in which a record of a kind was removed, since it was loaded.
    private var removals: [RecordKind: Revision] = [:]
    private var tables: [RecordKind: Table] = [:]
    private var unsealed = Step()

    /// An organization that does not exist yet.
    init(new id: String) {
        self.id = id
        start = 0
        accessRevision = 0
        tokenRevision = 0
    }

    /// Creates a stored organization without its records, for ``OrganizationBuilder``. Throws ``StoreError/corrupt(cause:)`` when the
    /// revision is none of ours.
    init(id: String, revision: Revision) throws(StoreError) {
        self.id = id
        guard revision < Self.lastRevision else { throw .corrupt(cause: "revision \(revision)") }
        self.revision = revision
        start = revision
        accessRevision = revision
        tokenRevision = revision
    }

    /// Sets all stored records of a kind, for ``OrganizationBuilder``.
    mutating func load(_ table: Table, of kind: RecordKind) { tables[kind] = table }

    /// Sets the stored references, for ``OrganizationBuilder``.
    mutating func load(_ references: References) { self.references = references }

    /// The records of one kind.
    public subscript(kind: RecordKind) -> Table { tables[kind] ?? Table() }

    /// Adds or replaces a record.
    @discardableResult
    mutating func put(_ kind: RecordKind, _ id: String, _ json: JSON, _ stamp: Stamp) -> Entry {
        put(kind, Entry(id: id, json: json, bytes: json.bytes), json, stamp)
    }

    /// Adds or replaces a record that was encoded from `json`.
    @discardableResult
    mutating func put(_ kind: RecordKind, _ entry: Entry, _ json: JSON, _ stamp: Stamp) -> Entry {
        let before = set(kind, entry, json)
        record(kind, entry.id, before?.bytes, entry.bytes, stamp)
        return entry
    }

    /// Sets a record and what follows from it; returns the one that was there.
    private mutating func set(_ kind: RecordKind, _ entry: Entry, _ json: JSON) -> Entry? {
        if kind == .oauthClient { setClient(entry.id, to: try? OAuthClient(json: json)) }
        if kind == .openIntegration { references.insert(entry, json.object ?? [:]) }
        return tables[kind, default: Table()].insert(entry)
    }

    /// Unsets a record and what follows from it, in a revision; returns the one that was there.
    private mutating func unset(_ kind: RecordKind, _ id: String, in revision: Revision) -> Entry? {
        guard let before = tables[kind]?.remove(id) else { return nil }
        if kind == .oauthClient { setClient(id, to: nil) }
        if kind == .openIntegration { references.remove(id) }
        removals[kind] = revision
        return before
    }

    /// Brings the organization forward by a change that another server committed. Throws when its record is not what its kind says.
    mutating func follow(_ change: Change) throws {
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

    /// Removes a record; does nothing when there is none.
    mutating func remove(_ kind: RecordKind, _ id: String, _ stamp: Stamp) {
        guard let before = unset(kind, id, in: revision + 1) else { return }
        record(kind, id, before.bytes, nil, stamp)
    }

    /// Whether it is known that no record of a kind was removed after a revision.
    func hasKeptAll(_ kind: RecordKind, since revision: Revision) -> Bool { revision >= removals[kind] ?? start }

    /// Ends a token, see ``revoke(token:_:)``.
    mutating func end(token digest: [UInt8], _ stamp: Stamp) {
        unsealed.revokedTokens.append(digest)
        tokenRevision = revision + 1
        record(.tokenRevocation, Secret.hex(digest), nil, nil, stamp)
    }

    /// Stores an idempotency record with the changes of the rule.
    mutating func keep(_ record: IdempotencyRecord) { unsealed.idempotency.append(record) }

    /// Ends a rule: returns what it changed, and moves the revision when it changed anything.
    mutating func seal() -> Step {
        defer { unsealed = Step() }
        if !unsealed.changes.isEmpty { revision += 1 }
        return unsealed
    }

    private mutating func record(
        _ kind: RecordKind,
        _ id: String,
        _ before: [UInt8]?,
        _ after: [UInt8]?,
        _ stamp: Stamp
    ) {
        if kind == .oauthClient { accessRevision = revision + 1 }
        unsealed.changes.append(
            Change(
                revision: revision + 1,
                position: unsealed.changes.count,
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

    /// Sets what is known of an OAuth client; nil when there is none.
    mutating func setClient(_ id: String, to client: OAuthClient?) {
        clients[id] = client
        grants[id] = client.map { Set($0.permissions.map(Permission.init(rawValue:))) }
    }
}

extension Entry {
    /// An entry for a record: its name and version are read from the members of that name, where there are such.
    convenience init(id: String, json: JSON, bytes: [UInt8]) { self.init(id: id, json.object ?? [:], bytes) }

    /// The same for the bytes of a record, of which no more is read than that. Throws when they are not JSON.
    convenience init(id: String, bytes: [UInt8]) throws(JSON.SyntaxError) {
        self.init(id: id, try JSON.members(["name", "version"], of: bytes), bytes)
    }

    /// The same for a record of which some members are known, these two among them.
    convenience init(id: String, _ members: JSON.Object, _ bytes: [UInt8]) {
        let version = members["version"]
        self.init(
            id: id,
            name: members["name"]?.string ?? "",
            version: version?.number?.int ?? version?.string.flatMap(Int.init) ?? 0,
            bytes: bytes
        )
    }
}
