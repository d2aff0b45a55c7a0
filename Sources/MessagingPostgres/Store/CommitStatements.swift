import Foundation
import MessagingCore
import StrictJSON

/// The statements of a commit between BEGIN and COMMIT. The first moves the organization from the commit's base to its revision, and fails if
/// the organization is not at the base, so that nothing else is written.
struct CommitStatements {
    private(set) var queries: [Query] = []
    private let commit: Commit
    private let organization: Value

    init(_ commit: Commit, id: String, leaseholder: String) {
        self.commit = commit
        organization = .text(commit.organization)
        advance(id)
        writeRecords()
        writeChanges(commit.changes.filter { !$0.isInternal }, Self.insertHistory)
        writeChanges(commit.changes.filter(\.isInternal), Self.insertInternal)
        writeIdempotency()
        writeEffects(leaseholder)
        if !commit.revokedTokens.isEmpty {
            add(Self.revoke, .manyBytes(commit.revokedTokens))
        }
        shortenLogs()
    }

    /// The SQLSTATE with which the first statement fails if the organization is not at the commit's base: a unique key that exists, or a
    /// revision that is null.
    static func conflictState(of commit: Commit) -> String { commit.base == 0 ? "23505" : "23502" }

    /// Returns the statements that look up a commit and, if the database does not have it, prevent it. The first one returns whether the commit
    /// is void. The second one returns the revision of the organization.
    static func lookUp(_ commit: Commit, id: String) -> [Query] {
        [
            Query(fence, [.text(commit.organization), .integer(commit.revision), .text(id)]),
            Query(readRevision, [.text(commit.organization)]),
        ]
    }

    /// The number of latest revisions in the log of internal changes and of commits. An older snapshot is loaded anew.
    static let loggedRevisions: Revision = 1_000
    /// The number of revisions between two drops. The log has the commits of so many more revisions at most.
    private static let revisionsOfDrop: Revision = 256

    private mutating func add(_ statement: Statement, _ values: Value...) {
        queries.append(Query(statement, [organization] + values))
    }

    private mutating func advance(_ id: String) {
        var size = OrganizationSize()
        size.apply(commit.changes)
        let count = Int64(commit.changes.count { !$0.isInternal })
        let (records, history) = (Int64(size.records), Int64(size.history))
        if commit.base == 0 {
            add(
                Self.create,
                .integer(commit.revision),
                .integer(count),
                .integer(records),
                .integer(history),
                .text(id)
            )
        } else {
            add(
                Self.advance,
                .integer(commit.revision),
                .integer(count),
                .integer(records),
                .integer(history),
                .integer(commit.base),
                .text(id)
            )
        }
    }

    /// Writes the last state of each changed record.
    private mutating func writeRecords() {
        var last: [RecordKey: [UInt8]?] = [:]
        for change in commit.changes { last[RecordKey(change)] = .some(change.after) }
        let written = last.compactMap { key, bytes in bytes.map { (key, $0) } }
        let removed = last.compactMap { key, bytes in bytes == nil ? key : nil }
        if !written.isEmpty {
            add(
                Self.insertRecords,
                .texts(written.map(\.0.kind.string)),
                .texts(written.map(\.0.id.string)),
                .manyBytes(written.map(\.1))
            )
        }
        if !removed.isEmpty {
            add(Self.deleteRecords, .texts(removed.map(\.kind.string)), .texts(removed.map(\.id.string)))
        }
        writeClients(written.map(\.0), removed)
    }

    /// Writes the clients of the commit to the directory of clients, in their order, so that commits of two organizations wait for each other
    /// in one direction only.
    private mutating func writeClients(_ written: [RecordKey], _ removed: [RecordKey]) {
        let (written, removed) = (written.filter(\.isClient), removed.filter(\.isClient))
        if !removed.isEmpty { add(Self.deleteClients, .texts(removed.map(\.id.string).sorted())) }
        if !written.isEmpty { add(Self.insertClients, .texts(written.map(\.id.string).sorted())) }
    }

    private mutating func writeChanges(_ changes: [Change], _ statement: Statement) {
        if changes.isEmpty { return }
        add(
            statement,
            .integers(changes.map(\.revision)),
            .integers(changes.map { Int64($0.position) }),
            .texts(changes.map(\.kind.rawValue)),
            .texts(changes.map(\.id)),
            .texts(changes.map(\.author.user)),
            .texts(changes.map(\.author.client)),
            .texts(changes.map(\.author.operation)),
            .texts(changes.map(\.author.contextID)),
            .texts(changes.map(\.author.address)),
            .integers(changes.map { Int64(clamping: $0.time.timeIntervalSince1970 * 1_000) }),
            .manyBytes(changes.map(\.before)),
            .manyBytes(changes.map(\.after))
        )
    }

    private mutating func writeIdempotency() {
        // A record may come twice, and the last one counts.
        let records = Dictionary(commit.idempotency.map { (ExactString($0.id), $0) }) { $1 }.values
        if records.isEmpty { return }
        let ids = Value.texts(records.map(\.id))
        add(Self.countKeys, .integer(Int64(records.count)), ids)
        add(
            Self.insertKeys,
            ids,
            .texts(records.map(\.request)),
            .texts(records.map(\.kind.rawValue)),
            .texts(records.map(\.object)),
            .integers(records.map { Int64($0.version) }),
            .integers(records.map { Int64(clamping: $0.expires.timeIntervalSince1970 * 1_000) })
        )
        add(Self.deleteSurplusKeys, .integer(Int64(IdempotencyRecord.limit)))
    }

    private mutating func writeEffects(_ leaseholder: String) {
        let effects = Dictionary(commit.effects.map { ($0.key, $0) }) { $1 }.values
        if !effects.isEmpty {
            let due = effects.map(\.due.milliseconds)
            add(
                Self.insertEffects,
                .texts(effects.map(\.key.kind.rawValue)),
                .texts(effects.map(\.key.object)),
                .integers(due),
                .integers(due.map { EffectLease.end(ofLease: 1, from: $0) }),
                .text(leaseholder)
            )
        }
        if !commit.settledEffects.isEmpty {
            add(
                Self.deleteEffects,
                .texts(commit.settledEffects.map(\.kind.rawValue)),
                .texts(commit.settledEffects.map(\.object))
            )
        }
    }

    /// Drops the old end of the log of commits once in ``revisionsOfDrop`` revisions, and of the log of internal changes if the commit adds to
    /// it.
    private mutating func shortenLogs() {
        let last = commit.revision - Self.loggedRevisions
        guard last > 0 else { return }
        let lastDrop = commit.base / Self.revisionsOfDrop * Self.revisionsOfDrop
        if commit.revision >= lastDrop + Self.revisionsOfDrop {
            // The rows that were dropped then are not looked at again.
            add(Self.shortenCommits, .integer(last), .integer(lastDrop - Self.loggedRevisions))
        }
        if commit.changes.contains(where: \.isInternal) { add(Self.shortenInternal, .integer(last)) }
    }
}

/// The key of a record in its organization.
private struct RecordKey: Hashable {
    let kind: ExactString
    let id: ExactString

    init(_ change: Change) { (kind, id) = (ExactString(change.kind.rawValue), ExactString(change.id)) }

    var isClient: Bool { kind.string == RecordKind.oauthClient.rawValue }
}

extension CommitStatements {
    private static let create = Statement(
        """
        WITH created AS (
            INSERT INTO organization (id, revision, changes, record_bytes, history_bytes) VALUES ($1, $2, $3, $4, $5)
            RETURNING revision
        )
        INSERT INTO commit_log (organization, revision, id) SELECT $1, revision, $6 FROM created
        """
    )
    private static let advance = Statement(
        """
        WITH moved AS (
            UPDATE organization SET revision = $2, changes = changes + $3, record_bytes = record_bytes + $4,
                history_bytes = history_bytes + $5
            WHERE id = $1 AND revision = $6 RETURNING revision
        )
        INSERT INTO commit_log (organization, revision, id) VALUES ($1, (SELECT revision FROM moved), $7)
        """
    )
    static let lockOrganization = Statement("SELECT revision FROM organization WHERE id = $1 FOR UPDATE")
    /// Finds the row of a commit, or takes its place, so that the commit could no longer insert it. Waits for a transaction that has
    /// inserted it and is still open.
    private static let fence = Statement(
        """
        INSERT INTO commit_log (organization, revision, id, is_void) VALUES ($1, $2, $3, true)
        ON CONFLICT (organization, id) DO UPDATE SET id = excluded.id RETURNING is_void::int::bigint
        """
    )
    static let readRevision = Statement("SELECT revision FROM organization WHERE id = $1")
    private static let insertRecords = Statement(
        """
        INSERT INTO record (organization, kind, id, bytes) SELECT $1, * FROM unnest($2, $3, $4)
        ON CONFLICT (organization, kind, id) DO UPDATE SET bytes = excluded.bytes
        """
    )
    private static let deleteRecords = Statement(
        """
        DELETE FROM record USING unnest($2, $3) AS gone (kind, id)
        WHERE record.organization = $1 AND record.kind = gone.kind AND record.id = gone.id
        """
    )
    /// Fails if another organization has one of the clients: its organization would be null.
    private static let insertClients = Statement(
        """
        INSERT INTO client_directory (id, organization) SELECT id, $1 FROM unnest($2) AS id
        ON CONFLICT (id) DO UPDATE SET organization =
            CASE WHEN client_directory.organization = excluded.organization THEN excluded.organization END
        """
    )
    private static let deleteClients = Statement(
        "DELETE FROM client_directory WHERE organization = $1 AND id = ANY ($2)"
    )
    private static let insertHistory = insertion(into: "history")
    private static let insertInternal = insertion(into: "internal_change")

    private static func insertion(into table: String) -> Statement {
        Statement(
            """
            INSERT INTO \(table) (
                organization, revision, position, kind, id, "user", client, operation, context, address, time_ms, before, after
            ) SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """
        )
    }

    private static let countKeys = Statement(
        """
        UPDATE organization SET keys = keys + $2
            - (SELECT count(*) FROM idempotency WHERE organization = $1 AND id = ANY ($3))
        WHERE id = $1
        """
    )
    private static let insertKeys = Statement(
        """
        INSERT INTO idempotency (organization, id, request, kind, object, version, expires_ms)
        SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7)
        ON CONFLICT (organization, id) DO UPDATE SET request = excluded.request, kind = excluded.kind,
            object = excluded.object, version = excluded.version, expires_ms = excluded.expires_ms
        """
    )
    private static let deleteSurplusKeys = Statement(
        """
        WITH surplus AS (SELECT greatest(keys - $2, 0) AS number FROM organization WHERE id = $1),
        gone AS (
            DELETE FROM idempotency WHERE organization = $1 AND id IN (
                SELECT id FROM idempotency WHERE organization = $1 ORDER BY expires_ms LIMIT (SELECT number FROM surplus)
            ) RETURNING 1
        )
        UPDATE organization SET keys = keys - (SELECT count(*) FROM gone)
        WHERE id = $1 AND (SELECT number FROM surplus) > 0
        """
    )
    private static let insertEffects = Statement(
        """
        INSERT INTO effect (organization, kind, object, due_ms, attempts, leased_by, leased_until_ms)
        SELECT $1, kind, object, due, 1, $6, until FROM unnest($2, $3, $4, $5) AS new (kind, object, due, until)
        ON CONFLICT (organization, kind, object) DO UPDATE SET due_ms = excluded.due_ms, attempts = excluded.attempts,
            leased_by = excluded.leased_by, leased_until_ms = excluded.leased_until_ms
        """
    )
    private static let deleteEffects = Statement(
        """
        DELETE FROM effect USING unnest($2, $3) AS gone (kind, object)
        WHERE effect.organization = $1 AND effect.kind = gone.kind AND effect.object = gone.object
        """
    )
    private static let revoke = Statement(
        """
        WITH gone AS (DELETE FROM token WHERE organization = $1 AND digest = ANY ($2) RETURNING digest)
        DELETE FROM token_directory USING gone WHERE token_directory.digest = gone.digest
        """
    )
    private static let shortenCommits = Statement(
        "DELETE FROM commit_log WHERE organization = $1 AND revision > $3 AND revision <= $2"
    )
    private static let shortenInternal = Statement(
        """
        WITH gone AS (DELETE FROM internal_change WHERE organization = $1 AND revision <= $2 RETURNING 1)
        UPDATE organization SET internal_dropped = $2 WHERE id = $1 AND EXISTS (SELECT FROM gone)
        """
    )
}
