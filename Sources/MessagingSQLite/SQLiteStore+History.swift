public import Foundation
import GRDB
public import MessagingCore

extension SQLiteStore {
    public func changes(
        of organization: String,
        after revision: Revision,
        limit: Int
    ) throws(StoreError) -> [Change]? {
        guard Text.isStorable(organization) else { return [] }
        return try access { db in
            let header = try db.cachedStatement(
                sql: "SELECT max(dropped, internal_dropped) FROM organization WHERE id = ?"
            )
            if let row = try Row.fetchOne(header, arguments: [organization]), try revision < row.integer(0) {
                return nil
            }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT revision, position, kind, id, before, after, user, client, operation, context, address, time_ms,
                        0 FROM history WHERE organization = ?1 AND revision > ?2
                    UNION ALL
                    SELECT revision, position, kind, id, before, after, user, client, operation, context, address, time_ms,
                        1 FROM internal_change WHERE organization = ?1 AND revision > ?2
                    ORDER BY revision, position LIMIT ?3
                    """
            )
            let rows = try Row.fetchCursor(statement, arguments: [organization, revision, max(0, limit)])
            var changes: [Change] = []
            while let row = try rows.next() { try changes.append(row.change(isInternal: row.integer(12) == 1)) }
            return changes
        }
    }

    public func dropChanges(
        of organization: String,
        keeping most: Int,
        since moment: Date,
        limit: Int
    ) throws(StoreError) -> Int {
        guard Text.isStorable(organization) else { return 0 }
        let start = Int64(clamping: (moment.timeIntervalSince1970 * 1000).rounded(.up))
        do {
            return try write { db in
                let (count, bytes, last) = try oldest(
                    of: organization,
                    keeping: most,
                    since: start,
                    limit: limit,
                    in: db
                )
                if count == 0 { return (0, commit: false) }
                try db.cachedStatement(
                    sql: "DELETE FROM history WHERE organization = ? AND (revision, position) <= (?, ?)"
                ).execute(arguments: [organization, last.revision, last.position])
                try db.cachedStatement(
                    sql: """
                        UPDATE organization SET changes = changes - ?, history_bytes = history_bytes - ?, dropped = ?
                        WHERE id = ?
                        """
                ).execute(arguments: [count, bytes, last.revision, organization])
                return (count, commit: true)
            }
        } catch {
            throw .unavailable(cause: error.cause)
        }
    }

    /// How many of the oldest changes can go, how many bytes they count as, and which is the last of them.
    private func oldest(
        of organization: String,
        keeping most: Int,
        since start: Int64,
        limit: Int,
        in db: Database
    ) throws -> (count: Int, bytes: Int64, last: (revision: Int64, position: Int64)) {
        var count = 0
        var bytes: Int64 = 0
        var last: (revision: Int64, position: Int64) = (0, 0)
        let header = try db.cachedStatement(sql: "SELECT changes FROM organization WHERE id = ?")
        guard let row = try Row.fetchOne(header, arguments: [organization]) else { return (0, 0, last) }
        let surplus = try row.integer(0) - Int64(max(0, most))
        let statement = try db.cachedStatement(
            sql: """
                SELECT revision, position, time_ms, \(Schema.historyBytes) FROM history WHERE organization = ?
                ORDER BY revision, position LIMIT ?
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [organization, max(0, limit)])
        while let row = try rows.next(), try count < surplus || row.integer(2) < start {
            count += 1
            bytes += try row.integer(3)
            last = (try row.integer(0), try row.integer(1))
        }
        return (count, bytes, last)
    }
}

extension Row {
    /// A change from a row of `history` or `internal_change` with its columns in the order of these statements.
    func change(isInternal: Bool = false) throws(StoreError) -> Change {
        try Change(
            revision: integer(0),
            position: Int(integer(1)),
            kind: RecordKind(rawValue: text(2)),
            id: text(3),
            before: optionalBytes(4),
            after: optionalBytes(5),
            author: Author(
                user: text(6),
                client: optionalText(7),
                operation: text(8),
                contextID: text(9),
                address: optionalText(10)
            ),
            time: Date(timeIntervalSince1970: Double(integer(11)) / 1000),
            isInternal: isInternal
        )
    }
}
