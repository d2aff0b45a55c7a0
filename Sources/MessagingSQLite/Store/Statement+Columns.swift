import Foundation
import GRDB
import GRDBSQLite
import MessagingCore

/// Columns of a statement's current row, with the same types as those of a ``Row``. They are copied only once from SQLite's memory, for
/// reading very many rows.
extension Statement {
    func text(_ column: Int32) throws(StoreError) -> String {
        guard sqlite3_column_type(sqliteStatement, column) == SQLITE_TEXT,
            let text = sqlite3_column_text(sqliteStatement, column)
        else { throw .mismatch(column) }
        return String(cString: text)
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(sqliteStatement, column) == SQLITE_NULL }

    /// Returns the bytes of a text. Throws ``StoreError/corrupt(cause:)`` if they are not UTF-8, or have a zero.
    func textBytes(_ column: Int32) throws(StoreError) -> [UInt8] {
        guard sqlite3_column_type(sqliteStatement, column) == SQLITE_TEXT,
            let start = sqlite3_column_text(sqliteStatement, column)
        else { throw .mismatch(column) }
        let bytes = Array(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(sqliteStatement, column))))
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
            throw .corrupt(cause: "a stored text is not UTF-8 (column \(column))")
        }
        return bytes
    }

    /// Returns whether a column is this text, without making a string of the column.
    func isText(_ column: Int32, _ text: String) -> Bool {
        guard sqlite3_column_type(sqliteStatement, column) == SQLITE_TEXT,
            let start = sqlite3_column_text(sqliteStatement, column)
        else { return false }
        let count = Int(sqlite3_column_bytes(sqliteStatement, column))
        var text = text
        return text.withUTF8 { $0.count == count && memcmp($0.baseAddress ?? start, start, count) == 0 }
    }

    /// Returns a change's position from the column with its revision and the next column.
    func position(_ column: Int32) throws(StoreError) -> ChangePosition {
        try ChangePosition(revision: integer(column), position: integer(column + 1))
    }

    func integer(_ column: Int32) throws(StoreError) -> Int64 {
        guard sqlite3_column_type(sqliteStatement, column) == SQLITE_INTEGER else { throw .mismatch(column) }
        return sqlite3_column_int64(sqliteStatement, column)
    }

    func bytes(_ column: Int32) throws(StoreError) -> [UInt8] {
        guard sqlite3_column_type(sqliteStatement, column) == SQLITE_BLOB else { throw .mismatch(column) }
        let start = sqlite3_column_blob(sqliteStatement, column)
        let count = sqlite3_column_bytes(sqliteStatement, column)
        return Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
    }
}
