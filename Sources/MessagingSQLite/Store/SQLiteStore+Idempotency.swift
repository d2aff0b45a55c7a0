public import Foundation
import GRDB
public import MessagingCore

extension SQLiteStore {
    public func idempotencyRecords(
        of organization: String,
        _ ids: [String]
    ) throws(StoreError) -> [IdempotencyRecord] {
        try access { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id, request, kind, object, version, expires_ms FROM idempotency
                    WHERE organization = ? AND id = ?
                    """
            )
            var records: [IdempotencyRecord] = []
            for id in ids where Text.isStorable(id) {
                guard let row = try Row.fetchOne(statement, arguments: [organization, id]) else { continue }
                records.append(
                    IdempotencyRecord(
                        id: try row.text(0),
                        request: try row.text(1),
                        kind: RecordKind(rawValue: try row.text(2)),
                        object: try row.text(3),
                        version: Int(try row.integer(4)),
                        expires: Date(timeIntervalSince1970: Double(try row.integer(5)) / 1_000)
                    )
                )
            }
            return records
        }
    }

    public func deleteIdempotencyRecords(
        of organization: String,
        expiredBefore moment: Date,
        limit: Int
    ) throws(StoreError) -> Int {
        guard Text.isStorable(organization) else { return 0 }
        let end = Int64(clamping: (moment.timeIntervalSince1970 * 1_000).rounded(.up))
        do {
            return try write { db in
                let count = try deleteOldestKeys(of: organization, before: end, limit: max(0, limit), in: db)
                return (count, commit: count > 0)
            }
        } catch {
            throw .unavailable(cause: error.cause)
        }
    }

    /// Stores the records of a commit, and replaces existing ones with the same id. Deletes the oldest records above the limit.
    func keep(_ records: [IdempotencyRecord], of organization: String, in db: Database) throws {
        var count = 0
        for record in records {
            try db.cachedStatement(sql: "DELETE FROM idempotency WHERE organization = ? AND id = ?")
                .execute(arguments: [organization, record.id])
            count += 1 - db.changesCount
            try db.cachedStatement(
                sql: """
                    INSERT INTO idempotency (organization, id, request, kind, object, version, expires_ms)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                organization, try Text.checked(record.id), try Text.checked(record.request),
                try Text.checked(record.kind.rawValue), try Text.checked(record.object), record.version,
                Int64(clamping: record.expires.timeIntervalSince1970 * 1_000),
            ])
        }
        let update = try db.cachedStatement(sql: "UPDATE organization SET keys = keys + ? WHERE id = ? RETURNING keys")
        let keys = try Int.fetchOne(update, arguments: [count, organization]) ?? 0
        if keys > IdempotencyRecord.limit {
            let surplus = keys - IdempotencyRecord.limit
            _ = try deleteOldestKeys(of: organization, before: .max, limit: surplus, in: db)
        }
    }

    /// Deletes the keys that expire first, at most `limit`, and returns their number.
    private func deleteOldestKeys(
        of organization: String,
        before end: Int64,
        limit: Int,
        in db: Database
    ) throws -> Int {
        try db.cachedStatement(
            sql: """
                DELETE FROM idempotency WHERE organization = ?1 AND id IN (
                    SELECT id FROM idempotency INDEXED BY idempotency_expires
                    WHERE organization = ?1 AND expires_ms < ?2 ORDER BY expires_ms LIMIT ?3
                )
                """
        ).execute(arguments: [organization, end, limit])
        let count = db.changesCount
        if count > 0 {
            try db.cachedStatement(sql: "UPDATE organization SET keys = keys - ? WHERE id = ?")
                .execute(arguments: [count, organization])
        }
        return count
    }
}
