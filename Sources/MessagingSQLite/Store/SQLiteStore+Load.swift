import Foundation
import GRDB
public import MessagingCore

extension SQLiteStore {
    /// The limits of one turn: the number of records, and the bytes after which it stops.
    private static let recordsOfTurn = 500
    private static let recordBytesOfTurn = 256 * 1_024
    /// The number of times that a load begins if the organization changes meanwhile.
    private static let loadAttempts = 4

    /// The place of a record in the order of `record` within an organization.
    private struct RecordKey: Hashable, Sendable {
        let kind: String
        let id: String
    }

    public nonisolated func load(_ organization: String) async throws(StoreError) -> StoredOrganization? {
        guard Text.isStorable(organization) else { return nil }
        for _ in 0..<Self.loadAttempts {
            guard let slice = try await records(of: organization) else { return nil }
            guard slice.revision > 0 else {
                throw .corrupt(cause: "\(organization) is at revision \(slice.revision)")
            }
            if let stored = try await load(organization, from: slice) { return stored }
        }
        throw .unavailable(cause: "the organization changed \(Self.loadAttempts) times while it was read")
    }

    /// Reads the rest of an organization. Returns nil if it changed meanwhile or is gone.
    private nonisolated func load(
        _ organization: String,
        from first: RecordSlice
    ) async throws(StoreError) -> StoredOrganization? {
        var records = first.records
        var end = first.end
        while let start = end {
            if Task.isCancelled { throw .cancelled }
            guard let slice = try await self.records(of: organization, after: start),
                slice.revision == first.revision
            else { return nil }
            records += slice.records
            end = slice.end
        }
        return StoredOrganization(id: organization, revision: first.revision, records: records)
    }

    /// Some records of an organization at its revision, with the key of the last one. The key is nil if there are no more.
    private struct RecordSlice: Sendable {
        let revision: Int64
        var records: [MessagingCore.Record] = []
        var end: RecordKey?
    }

    /// Reads as many records after a key as fit into one turn. Returns nil if the organization does not exist.
    private func records(
        of organization: String,
        after start: RecordKey? = nil
    ) throws(StoreError) -> RecordSlice? {
        try access { db in
            let header = try db.cachedStatement(sql: "SELECT revision FROM organization WHERE id = ?")
            guard let row = try Row.fetchOne(header, arguments: [organization]) else { return nil }
            var slice = RecordSlice(revision: try row.integer(0))
            let statement = try db.cachedStatement(
                sql: """
                    SELECT kind, id, bytes FROM record
                    WHERE organization = ? AND (kind, id) \(start == nil ? ">=" : ">") (?, ?)
                    ORDER BY kind, id LIMIT \(Self.recordsOfTurn)
                    """
            )
            let rows = try Row.fetchCursor(statement, arguments: [organization, start?.kind ?? "", start?.id ?? ""])
            defer { withExtendedLifetime(rows) {} }
            var kind = RecordKind(rawValue: "")
            var bytes = 0
            while try rows.next() != nil {
                if !statement.isText(0, kind.rawValue) { kind = RecordKind(rawValue: try statement.text(0)) }
                let record = try MessagingCore.Record(kind: kind, id: statement.text(1), bytes: statement.bytes(2))
                slice.records.append(record)
                bytes += record.bytes.count
                if slice.records.count == Self.recordsOfTurn || bytes >= Self.recordBytesOfTurn {
                    let end = RecordKey(kind: kind.rawValue, id: record.id)
                    guard end != start else { throw StoreError.corrupt(cause: "an id of \(organization) is not text") }
                    slice.end = end
                    break
                }
            }
            return slice
        }
    }

    public func organizations(after id: String?, limit: Int) throws(StoreError) -> [String] {
        try access { db in
            let statement = try db.cachedStatement(sql: "SELECT id FROM organization WHERE id > ? ORDER BY id LIMIT ?")
            // Every id follows the empty text.
            let rows = try Row.fetchCursor(statement, arguments: [id ?? "", max(0, limit)])
            var ids: [String] = []
            while let row = try rows.next() { try ids.append(row.text(0)) }
            return ids
        }
    }

    public func client(_ id: String) throws(StoreError) -> StoredClient? {
        guard Text.isStorable(id) else { return nil }
        return try access { db in
            let statement = try db.cachedStatement(
                sql: "SELECT organization, bytes FROM record WHERE kind = '\(DatabaseSchema.clientKind)' AND id = ?"
            )
            let rows = try Row.fetchCursor(statement, arguments: [id])
            return try withExtendedLifetime(rows) {
                guard try rows.next() != nil else { return nil }
                return StoredClient(organization: try statement.text(0), bytes: try statement.bytes(1))
            }
        }
    }
}
