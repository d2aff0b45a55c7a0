import Foundation
import GRDB
import MessagingCore

/// The rows of a database, for a copy of the whole.
struct CopiedDatabase {
    let queue: DatabaseQueue

    func count(of table: CopiedTable) throws(StoreError) -> Int {
        try inTermsOfStore {
            try queue.inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table.name)") ?? 0 }
        }
    }

    func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow] {
        let keys = Self.names(of: table.key)
        let sql = """
            SELECT \(Self.names(of: table.columns[...])) FROM \(table.name)
            \(key == nil ? "" : "WHERE (\(keys)) > (\(Self.marks(table.keyLength)))")
            ORDER BY \(keys) LIMIT \(CopiedTable.rowsOfPage)
            """
        return try inTermsOfStore {
            try queue.inDatabase { db in
                let arguments = StatementArguments((key ?? []).map(\.databaseValue))
                let statement = try db.cachedStatement(sql: sql)
                let found = try Row.fetchCursor(statement, arguments: arguments)
                var (rows, bytes) = ([CopiedRow](), 0)
                while bytes < CopiedTable.bytesOfPage, try found.next() != nil {
                    let values = try Self.values(of: statement, in: table)
                    bytes += values.reduce(0) { $0 + $1.size }
                    rows.append(values)
                }
                return rows
            }
        }
    }

    private static func values(of row: Statement, in table: CopiedTable) throws(StoreError) -> CopiedRow {
        var values: CopiedRow = []
        for (column, each) in zip(Int32(0)..., table.columns) {
            switch each.type {
            case .integer: values.append(.integer(try row.integer(column)))
            case .bytes: values.append(try row.isNull(column) ? .null : .bytes(row.bytes(column)))
            case .text: values.append(try row.isNull(column) ? .null : .text(row.textBytes(column)))
            case .names: values.append(try CopiedValue(names: row.text(column)))
            }
        }
        return values
    }

    func replace(
        _ table: CopiedTable,
        after first: CopiedRow?,
        through last: CopiedRow?,
        with rows: [CopiedRow]
    ) throws(StoreError) {
        let (keys, marks) = (Self.names(of: table.key), Self.marks(table.keyLength))
        let bounds = [first.map { _ in "(\(keys)) > (\(marks))" }, last.map { _ in "(\(keys)) <= (\(marks))" }]
        let range = bounds.compactMap { $0 }.joined(separator: " AND ")
        let insertion = """
            INSERT OR REPLACE INTO \(table.name) (\(Self.names(of: table.columns[...]))) VALUES (\(Self.marks(table.columns.count)))
            """
        try inTermsOfStore {
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try db.cachedStatement(
                        sql: "DELETE FROM \(table.name)\(range.isEmpty ? "" : " WHERE \(range)")"
                    ).execute(arguments: StatementArguments(((first ?? []) + (last ?? [])).map(\.databaseValue)))
                    let insert = try db.cachedStatement(sql: insertion)
                    for row in rows { try insert.execute(arguments: StatementArguments(row.map(\.databaseValue))) }
                    return .commit
                }
            }
        }
    }

    private static func names(of columns: ArraySlice<CopiedTable.Column>) -> String {
        columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    }

    private static func marks(_ count: Int) -> String { repeatElement("?", count: count).joined(separator: ", ") }

    private func inTermsOfStore<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            throw .corrupt(cause: cause(of: error))
        } catch {
            throw .unavailable(cause: cause(of: error))
        }
    }
}

extension CopiedValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        case .text(let bytes): String(decoding: bytes, as: UTF8.self).databaseValue
        }
    }
}
