import CLibPQ
import MessagingCore

/// The rows that a statement returned, in the binary form of PostgreSQL's protocol.
final class Rows {
    private let result: OpaquePointer

    /// Takes over a result of libpq.
    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    /// The number of rows.
    var count: Int { Int(PQntuples(result)) }

    /// The number of rows that the statement inserted, updated or deleted; 0 for other statements.
    var changedCount: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// The command that was done, such as `COMMIT`, with a number of rows if it has one.
    var command: String { String(cString: PQcmdStatus(result)) }

    /// Returns whether a column is NULL.
    func isNull(_ row: Int, _ column: Int) -> Bool { PQgetisnull(result, Int32(row), Int32(column)) == 1 }

    /// Returns a `bigint`. Throws ``StoreError/corrupt(cause:)`` for any other type and for NULL.
    func integer(_ row: Int, _ column: Int) throws(StoreError) -> Int64 {
        guard PQftype(result, Int32(column)) == 20, let bytes = bytes(at: row, column), bytes.count == 8 else {
            throw mismatch(column)
        }
        return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
    }

    /// Returns a text. Throws ``StoreError/corrupt(cause:)`` for NULL.
    func text(_ row: Int, _ column: Int) throws(StoreError) -> String {
        guard let bytes = bytes(at: row, column) else { throw mismatch(column) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns a text, or nil for NULL.
    func optionalText(_ row: Int, _ column: Int) -> String? {
        bytes(at: row, column).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Returns bytes. Throws ``StoreError/corrupt(cause:)`` for NULL.
    func bytes(_ row: Int, _ column: Int) throws(StoreError) -> [UInt8] {
        guard let bytes = bytes(at: row, column) else { throw mismatch(column) }
        return Array(bytes)
    }

    /// Returns bytes, or nil for NULL.
    func optionalBytes(_ row: Int, _ column: Int) -> [UInt8]? { bytes(at: row, column).map(Array.init) }

    private func bytes(at row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
        guard row < count, column < Int(PQnfields(result)), !isNull(row, column) else { return nil }
        let length = Int(PQgetlength(result, Int32(row), Int32(column)))
        return UnsafeRawBufferPointer(start: PQgetvalue(result, Int32(row), Int32(column)), count: length)
    }

    private func mismatch(_ column: Int) -> StoreError {
        .corrupt(cause: "a stored column has a wrong type (column \(column))")
    }
}
