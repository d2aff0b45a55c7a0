import MessagingCore

/// The statements on a table that is copied. They keep the directories, which other engines do not have, with their tables.
extension CopiedTable {
    /// Returns the statement for a page of rows. The database sends no row after the page's bytes are reached, so it counts them first.
    func page(hasStart: Bool) -> String {
        let values = columns.map {
            $0.type == .names ? "array_to_json(\"\($0.name)\")::text AS \"\($0.name)\"" : "\"\($0.name)\""
        }
        let size = columns.map { column in
            switch column.type {
            case .integer: "8"
            case .bytes, .text: "coalesce(octet_length(\"\(column.name)\"), 0)"
            case .names: "octet_length(array_to_json(\"\(column.name)\")::text)"
            }
        }
        return """
            SELECT \(Self.list(columns)) FROM (
                SELECT *, sum(row_size) OVER (ORDER BY \(keys) ROWS UNBOUNDED PRECEDING) - row_size AS size_before FROM (
                    SELECT \(values.joined(separator: ", ")), (\(size.joined(separator: " + ")))::bigint AS row_size FROM \(source)
                    \(hasStart ? "WHERE (\(keys)) > (\(marks(from: 1)))" : "") ORDER BY \(keys) LIMIT \(Self.rowsOfPage)
                ) AS page
            ) AS counted WHERE size_before < \(Self.bytesOfPage) ORDER BY \(keys)
            """
    }

    /// Returns the statement that deletes a range of rows.
    func deletion(hasStart: Bool, hasEnd: Bool) -> String {
        var bounds: [String] = []
        if hasStart { bounds.append("(\(qualifiedKeys)) > (\(marks(from: 1)))") }
        if hasEnd { bounds.append("(\(qualifiedKeys)) <= (\(marks(from: hasStart ? keyLength + 1 : 1)))") }
        let range = bounds.isEmpty ? "true" : bounds.joined(separator: " AND ")
        return switch self {
        case .token:
            """
            WITH gone AS (
                DELETE FROM token USING token_directory WHERE \(range)
                    AND token.organization = token_directory.organization AND token.digest = token_directory.digest
                RETURNING token.digest
            )
            DELETE FROM token_directory USING gone WHERE token_directory.digest = gone.digest
            """
        case .record:
            """
            WITH gone AS (DELETE FROM record WHERE \(range) RETURNING organization, kind, id)
            DELETE FROM client_directory USING gone WHERE gone.kind = '\(Self.client)'
                AND client_directory.id = gone.id AND client_directory.organization = gone.organization
            """
        default: "DELETE FROM \(name) WHERE \(range)"
        }
    }

    /// The statement that inserts rows, given an array of values for each column.
    var insertion: String {
        let values = columns.map { column in
            column.type == .names
                ? "ARRAY(SELECT json_array_elements_text(new.\"\(column.name)\"::json))" : "new.\"\(column.name)\""
        }
        let insert = """
            INSERT INTO \(name) (\(Self.list(columns))) SELECT \(values.joined(separator: ", "))
            FROM unnest(\((1...columns.count).map { "$\($0)" }.joined(separator: ", "))) AS new (\(Self.list(columns)))
            """
        return switch self {
        case .token:
            """
            WITH new AS (\(insert) RETURNING digest, organization)
            INSERT INTO token_directory (digest, organization) SELECT digest, organization FROM new
            """
        case .record:
            """
            WITH new AS (\(insert) RETURNING id, kind, organization)
            INSERT INTO client_directory (id, organization) SELECT id, organization FROM new WHERE kind = '\(Self.client)'
            ON CONFLICT (id) DO UPDATE SET organization = excluded.organization
            """
        default: insert
        }
    }

    /// Returns the values of one column as an array.
    func values(of column: Int, in rows: [CopiedRow]) -> Value {
        switch columns[column].type {
        case .integer:
            .integers(rows.map { if case .integer(let integer) = $0[column] { integer } else { 0 } })
        case .bytes: .manyBytes(rows.map { if case .bytes(let bytes) = $0[column] { bytes } else { nil } })
        case .text, .names: .texts(rows.map { $0[column].string })
        }
    }

    private static let client = RecordKind.oauthClient.rawValue

    /// The table to read from. Only the directory of tokens has an index on the digest alone.
    private var source: String {
        self == .token ? "token_directory JOIN token USING (organization, digest)" : name
    }

    private var keys: String { Self.list(Array(key)) }

    private var qualifiedKeys: String {
        let table = self == .token ? "token_directory" : name
        return key.map { "\(table).\"\($0.name)\"" }.joined(separator: ", ")
    }

    private static func list(_ columns: [Column]) -> String {
        columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    }

    private func marks(from first: Int) -> String {
        (first..<first + keyLength).map { "$\($0)" }.joined(separator: ", ")
    }
}
