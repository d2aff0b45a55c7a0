import Foundation
import GRDB
import Logging
public import MessagingCore

extension SQLiteStore {
    /// Applies a commit in a transaction that it shares with other writes that wait at the same time.
    public func commit(_ commit: Commit) async -> CommitOutcome {
        switch await share(.commit(commit)) {
        case .stored: .committed
        case .refused: .conflict
        case .failed(.notWritten): .unavailable
        case .failed(.unknown): .unknown
        }
    }

    /// Applies a commit after a savepoint, and refuses it if the organization is not at its base revision.
    ///
    /// A commit is rolled back alone, and fails, in these cases:
    ///
    /// - The tables refuse it: another organization has the client id, or the revision does not grow.
    /// - It cannot be stored, because a text has U+0000.
    func apply(_ commit: Commit, in db: Database) throws -> WriteOutcome {
        try db.cachedStatement(sql: "SAVEPOINT organization").execute()
        do {
            guard try advance(commit, in: db) else {
                try db.cachedStatement(sql: "RELEASE organization").execute()
                return .refused
            }
            for change in commit.changes { try write(change, of: commit.organization, in: db) }
            if commit.changes.contains(where: \.isInternal) { try shortenLog(of: commit, in: db) }
            if !commit.idempotency.isEmpty { try keep(commit.idempotency, of: commit.organization, in: db) }
            for digest in commit.revokedTokens {
                try db.cachedStatement(sql: "DELETE FROM token WHERE digest = ? AND organization = ?")
                    .execute(arguments: [Data(digest), commit.organization])
            }
            if !commit.effects.isEmpty { try keep(commit.effects, of: commit.organization, in: db) }
            for key in commit.settledEffects { try delete(key, of: commit.organization, in: db) }
            try db.cachedStatement(sql: "RELEASE organization").execute()
            return .stored()
        } catch let error where error.concernsOneWrite && db.isInsideTransaction {
            try db.execute(sql: "ROLLBACK TO organization; RELEASE organization")
            return rejected("commit", of: commit.organization, error)
        }
    }

    /// Moves the organization from the base to the new revision. Returns false if it is not at the base.
    private func advance(_ commit: Commit, in db: Database) throws -> Bool {
        let organization = try Text.checked(commit.organization)
        let count = commit.changes.count { !$0.isInternal }
        var size = OrganizationSize()
        size.apply(commit.changes)
        if commit.base == 0 {
            try db.cachedStatement(
                sql: """
                    INSERT INTO organization (id, revision, changes, record_bytes, history_bytes) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                    """
            ).execute(arguments: [organization, commit.revision, count, size.records, size.history])
        } else {
            try db.cachedStatement(
                sql: """
                    UPDATE organization SET revision = ?, changes = changes + ?,
                        record_bytes = record_bytes + ?, history_bytes = history_bytes + ?
                    WHERE id = ? AND revision = ?
                    """
            ).execute(arguments: [
                commit.revision, count, size.records, size.history, organization, commit.base,
            ])
        }
        return db.changesCount == 1
    }

    private func write(_ change: Change, of organization: String, in db: Database) throws {
        let kind = try Text.checked(change.kind.rawValue)
        let id = try Text.checked(change.id)
        let after = change.after.map { Data($0) }
        if let after {
            try db.cachedStatement(
                sql: """
                    INSERT INTO record (organization, kind, id, bytes) VALUES (?, ?, ?, ?)
                    ON CONFLICT (organization, kind, id) DO UPDATE SET bytes = excluded.bytes
                    """
            ).execute(arguments: [organization, kind, id, after])
        } else {
            try db.cachedStatement(sql: "DELETE FROM record WHERE organization = ? AND kind = ? AND id = ?")
                .execute(arguments: [organization, kind, id])
        }
        let author = change.author
        try db.cachedStatement(sql: change.isInternal ? Self.internalInsertion : Self.insertion).execute(arguments: [
            organization, change.revision, change.position, kind, id, change.before.map { Data($0) }, after,
            try Text.checked(author.user), try author.client.map(Text.checked), try Text.checked(author.operation),
            try Text.checked(author.contextID), try author.address.map(Text.checked),
            Int64(clamping: change.time.timeIntervalSince1970 * 1000),
        ])
    }

    private static let insertion = insertion(into: "history")
    private static let internalInsertion = insertion(into: "internal_change")

    private static func insertion(into table: String) -> String {
        """
        INSERT INTO \(table) (
            organization, revision, position, kind, id, before, after,
            user, client, operation, context, address, time_ms
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    }

    /// The number of latest revisions in the log of internal changes. An older snapshot is loaded anew.
    private static let loggedRevisions: Revision = 1_000

    /// Drops the old end of the log of internal changes, beyond ``loggedRevisions``.
    private func shortenLog(of commit: Commit, in db: Database) throws {
        let last = commit.revision - Self.loggedRevisions
        guard last > 0 else { return }
        try db.cachedStatement(sql: "DELETE FROM internal_change WHERE organization = ? AND revision <= ?")
            .execute(arguments: [commit.organization, last])
        guard db.changesCount > 0 else { return }
        try db.cachedStatement(sql: "UPDATE organization SET internal_dropped = ? WHERE id = ?")
            .execute(arguments: [last, commit.organization])
    }
}
