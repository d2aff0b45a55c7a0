import Foundation
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

    public func size(of organization: String) throws(StoreError) -> OrganizationSize? {
        guard Text.isStorable(organization) else { return nil }
        return try access { db in
            let statement = try db.cachedStatement(
                sql: "SELECT record_bytes, history_bytes FROM organization WHERE id = ?"
            )
            guard let row = try Row.fetchOne(statement, arguments: [organization]) else { return nil }
            return OrganizationSize(records: Int(try row.integer(0)), history: Int(try row.integer(1)))
        }
    }

    /// Drops changes in a transaction of their own, at their turn between shared writes. Returns 0 without waiting for a turn if no change can
    /// be dropped.
    public func dropChanges(
        of organization: String,
        _ cut: HistoryCut,
        limit: Int
    ) async throws(StoreError) -> Int {
        guard Text.isStorable(organization) else { return 0 }
        let canDrop = try access { try oldest(of: organization, cut, limit: min(1, limit), in: $0).count > 0 }
        if !canDrop { return 0 }
        switch await share(.drop(.init(organization: organization, cut: cut, limit: limit))) {
        case .stored(let dropped): return dropped
        case .refused: return 0
        case .failed(let failure): throw .unavailable(cause: failure.cause)
        }
    }

    /// Drops the oldest changes that can be dropped. Refuses if there are none.
    func apply(_ drop: SharedWrite.HistoryDrop, in db: Database) throws -> WriteOutcome {
        let organization = drop.organization
        let (count, bytes, last) = try oldest(of: organization, drop.cut, limit: drop.limit, in: db)
        if count == 0 { return .refused }
        try db.cachedStatement(
            sql: "DELETE FROM history WHERE organization = ? AND (revision, position) <= (?, ?)"
        ).execute(arguments: [organization, last.revision, last.position])
        try db.cachedStatement(
            sql: """
                UPDATE organization SET changes = changes - ?, history_bytes = history_bytes - ?, dropped = ?
                WHERE id = ?
                """
        ).execute(arguments: [count, bytes, last.revision, organization])
        return .stored(dropped: count)
    }

    /// Returns the number of oldest changes that can be dropped, the bytes that they count, and the last of them.
    private func oldest(
        of organization: String,
        _ cut: HistoryCut,
        limit: Int,
        in db: Database
    ) throws -> (count: Int, bytes: Int64, last: (revision: Int64, position: Int64)) {
        var count = 0
        var bytes: Int64 = 0
        var last: (revision: Int64, position: Int64) = (0, 0)
        let header = try db.cachedStatement(
            sql: "SELECT changes, record_bytes + history_bytes FROM organization WHERE id = ?"
        )
        guard let row = try Row.fetchOne(header, arguments: [organization]) else { return (0, 0, last) }
        let surplus = try row.integer(0) - Int64(max(0, cut.keeping))
        let excess = try row.integer(1) - Int64(max(0, cut.bytes))
        let (start, protected) = (Self.milliseconds(cut.since), Self.milliseconds(cut.protected))
        var content: Int64 = 0
        let statement = try db.cachedStatement(
            sql: """
                SELECT revision, position, time_ms, \(DatabaseSchema.historyBytes),
                    ifnull(length(before), 0) + ifnull(length(after), 0)
                FROM history WHERE organization = ? ORDER BY revision, position LIMIT ?
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [organization, max(0, limit)])
        while content < SharedWrite.HistoryDrop.mostBytes, let row = try rows.next() {
            let time = try row.integer(2)
            guard time < start || (count < surplus || bytes < excess) && time < protected else { break }
            count += 1
            bytes += try row.integer(3)
            content += try row.integer(4)
            last = (try row.integer(0), try row.integer(1))
        }
        return (count, bytes, last)
    }

    /// Returns the first millisecond that is not before a moment.
    private static func milliseconds(_ moment: Date) -> Int64 {
        Int64(clamping: (moment.timeIntervalSince1970 * 1_000).rounded(.up))
    }
}

extension Row {
    /// Returns the change of a row of `history` or `internal_change` with its columns in the order of these statements.
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
