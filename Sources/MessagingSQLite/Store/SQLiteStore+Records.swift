import Foundation
import GRDB
public import MessagingCore

extension SQLiteStore {
    /// Returns a value folded from the bytes of all present records of a kind, of all organizations, in no particular order.
    ///
    /// `body` must not keep the buffer. The store runs no other call meanwhile.
    public func reduce<Result: Sendable>(
        _ kind: RecordKind,
        into initial: Result,
        _ body: @Sendable (inout Result, UnsafeRawBufferPointer) -> Void
    ) throws(StoreError) -> Result {
        try access { db in try Self.reduce(kind, in: db, into: initial, body) }
    }

    static func reduce<Result>(
        _ kind: RecordKind,
        in db: Database,
        into initial: Result,
        _ body: (inout Result, UnsafeRawBufferPointer) -> Void
    ) throws -> Result {
        var result = initial
        let statement = try db.cachedStatement(
            sql: """
                SELECT record.bytes FROM organization CROSS JOIN record
                ON record.organization = organization.id AND record.kind = ?
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [kind.rawValue])
        while let row = try rows.next() {
            try row.withUnsafeData(atIndex: 0) { data in data?.withUnsafeBytes { body(&result, $0) } }
        }
        return result
    }
}
