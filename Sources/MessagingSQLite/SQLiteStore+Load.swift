import Foundation
import GRDB
public import MessagingCore

extension SQLiteStore {
    public func load(_ organization: String) throws(StoreError) -> StoredOrganization? {
        guard Text.isStorable(organization) else { return nil }
        return try access { db in
            let header = try db.cachedStatement(sql: "SELECT revision FROM organization WHERE id = ?")
            guard let row = try Row.fetchOne(header, arguments: [organization]) else { return nil }
            let revision = try row.integer(0)
            guard revision > 0 else { throw StoreError.corrupt(cause: "\(organization) is at revision \(revision)") }
            let statement = try db.cachedStatement(sql: "SELECT kind, id, bytes FROM record WHERE organization = ?")
            let rows = try Row.fetchCursor(statement, arguments: [organization])
            var records: [MessagingCore.Record] = []
            var kind = RecordKind(rawValue: "")
            while try rows.next() != nil {
                if !statement.isText(0, kind.rawValue) { kind = RecordKind(rawValue: try statement.text(0)) }
                try records.append(
                    MessagingCore.Record(
                        kind: kind,
                        id: statement.text(1),
                        bytes: statement.bytes(2)
                    )
                )
            }
            return StoredOrganization(id: organization, revision: revision, records: records)
        }
    }

    public func organizations() throws(StoreError) -> [String] {
        try access { db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: "SELECT id FROM organization ORDER BY id"))
            var ids: [String] = []
            while let row = try rows.next() { try ids.append(row.text(0)) }
            return ids
        }
    }

    public func organizations(having kind: RecordKind) throws(StoreError) -> [String] {
        guard Text.isStorable(kind.rawValue) else { return [] }
        return try access { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id FROM organization
                    WHERE EXISTS (SELECT 1 FROM record WHERE organization = organization.id AND kind = ?) ORDER BY id
                    """
            )
            let rows = try Row.fetchCursor(statement, arguments: [kind.rawValue])
            var ids: [String] = []
            while let row = try rows.next() { try ids.append(row.text(0)) }
            return ids
        }
    }

    public func client(_ id: String) throws(StoreError) -> StoredClient? {
        guard Text.isStorable(id) else { return nil }
        return try access { db in
            let statement = try db.cachedStatement(
                sql: "SELECT organization, bytes FROM record WHERE kind = '\(Schema.clientKind)' AND id = ?"
            )
            let rows = try Row.fetchCursor(statement, arguments: [id])
            return try withExtendedLifetime(rows) {
                guard try rows.next() != nil else { return nil }
                return StoredClient(organization: try statement.text(0), bytes: try statement.bytes(1))
            }
        }
    }
}
