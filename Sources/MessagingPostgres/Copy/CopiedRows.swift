import MessagingCore

/// The rows of a database, for a copy of the whole.
final class CopiedRows {
    /// The time for one statement, which may read or delete a whole table.
    static let patience = Duration.seconds(3_600)

    private struct Place: Hashable {
        let table: CopiedTable
        let hasStart: Bool
        var hasEnd = false
    }

    private let session: Session
    private var counts: [CopiedTable: Statement] = [:]
    private var pages: [Place: Statement] = [:]
    private var deletions: [Place: Statement] = [:]
    private var insertions: [CopiedTable: Statement] = [:]

    init(_ session: Session) { self.session = session }

    func count(of table: CopiedTable) throws(SessionError) -> Int {
        let statement = counts[table] ?? Statement("SELECT count(*) FROM \(table.name)")
        counts[table] = statement
        let rows = try session.run([Query(statement)], within: Self.patience)[0]
        return Int(try SessionError.fromStore { () throws(StoreError) in try rows.integer(0, 0) })
    }

    func rows(of table: CopiedTable, after key: CopiedRow?) throws(SessionError) -> [CopiedRow] {
        let place = Place(table: table, hasStart: key != nil)
        let statement = pages[place] ?? Statement(table.page(hasStart: place.hasStart))
        pages[place] = statement
        let rows = try session.run([Query(statement, (key ?? []).map(\.value))], within: Self.patience)[0]
        return try SessionError.fromStore { () throws(StoreError) in
            var copied: [CopiedRow] = []
            for row in 0..<rows.count { copied.append(try Self.row(rows, row, of: table)) }
            return copied
        }
    }

    private static func row(_ rows: Rows, _ row: Int, of table: CopiedTable) throws(StoreError) -> CopiedRow {
        var values: CopiedRow = []
        for (index, column) in table.columns.enumerated() {
            switch column.type {
            case .integer: values.append(.integer(try rows.integer(row, index)))
            case .bytes: values.append(rows.optionalBytes(row, index).map(CopiedValue.bytes) ?? .null)
            case .text: values.append(rows.optionalBytes(row, index).map(CopiedValue.text) ?? .null)
            case .names: values.append(try CopiedValue(names: rows.text(row, index)))
            }
        }
        return values
    }

    /// Returns the statements that replace a range of rows.
    func replacement(
        _ table: CopiedTable,
        after first: CopiedRow?,
        through last: CopiedRow?,
        with rows: [CopiedRow]
    ) -> [Query] {
        let place = Place(table: table, hasStart: first != nil, hasEnd: last != nil)
        let deletion = deletions[place] ?? Statement(table.deletion(hasStart: place.hasStart, hasEnd: place.hasEnd))
        deletions[place] = deletion
        let delete = Query(deletion, ((first ?? []) + (last ?? [])).map(\.value))
        if rows.isEmpty { return [delete] }
        let insertion = insertions[table] ?? Statement(table.insertion)
        insertions[table] = insertion
        let columns = table.columns.indices.map { column in table.values(of: column, in: rows) }
        return [delete, Query(insertion, columns)]
    }
}

extension CopiedValue {
    fileprivate var value: Value {
        switch self {
        case .null: .text(nil)
        case .integer(let integer): .integer(integer)
        case .bytes(let bytes): .bytes(bytes)
        case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
        }
    }
}
