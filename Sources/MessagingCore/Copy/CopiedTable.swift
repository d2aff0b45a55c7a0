/// A table that every engine has, with the columns that a copy takes over.
public struct CopiedTable: Hashable, Sendable {
    /// The type of a column. Some columns may be NULL.
    public enum ColumnType: Hashable, Sendable {
        case text, integer, bytes
        /// A list of names, which an engine gives and takes as JSON.
        case names
    }

    /// A column.
    public struct Column: Hashable, Sendable {
        /// Its name, which SQL wants in quotation marks.
        public let name: String
        /// Its type.
        public let type: ColumnType
    }

    /// The name of the table.
    public let name: String
    /// The columns, beginning with those of the key.
    public let columns: [Column]
    /// The number of columns of the key, which is unique and not NULL.
    public let keyLength: Int

    /// The columns of the key.
    public var key: ArraySlice<Column> { columns.prefix(keyLength) }

    private init(_ name: String, key: [Column], _ others: [Column]) {
        self.name = name
        columns = key + others
        keyLength = key.count
    }

    /// The organizations, each with its revision.
    public static let organization = CopiedTable(
        "organization",
        key: [.text("id")],
        [
            .integer("revision"), .integer("changes"), .integer("dropped"), .integer("record_bytes"),
            .integer("history_bytes"), .integer("keys"), .integer("internal_dropped"),
        ]
    )
    /// The present objects of the organizations.
    public static let record = CopiedTable(
        "record",
        key: [.text("organization"), .text("kind"), .text("id")],
        [.bytes("bytes")]
    )
    /// The changes that the histories show.
    public static let history = changes("history")
    /// The changes that no history shows.
    public static let internalChange = changes("internal_change")
    /// The tokens, by their digests.
    public static let token = CopiedTable(
        "token",
        key: [.bytes("digest")],
        [.text("organization"), .text("client"), .names("scopes"), .integer("expires")]
    )
    /// The idempotency keys.
    public static let idempotency = CopiedTable(
        "idempotency",
        key: [.text("organization"), .text("id")],
        [.text("request"), .text("kind"), .text("object"), .integer("version"), .integer("expires_ms")]
    )
    /// The effects that are due.
    public static let effect = CopiedTable(
        "effect",
        key: [.text("organization"), .text("kind"), .text("object")],
        [.integer("due_ms"), .integer("attempts"), .text("leased_by"), .integer("leased_until_ms")]
    )

    /// All tables. Tables that only one engine has are not copied.
    public static let all = [organization, record, history, internalChange, token, idempotency, effect]

    private static func changes(_ name: String) -> CopiedTable {
        CopiedTable(
            name,
            key: [.text("organization"), .integer("revision"), .integer("position")],
            [
                .text("kind"), .text("id"), .text("user"), .text("client"), .text("operation"), .text("context"),
                .text("address"), .integer("time_ms"), .bytes("before"), .bytes("after"),
            ]
        )
    }
}

extension CopiedTable.Column {
    fileprivate static func text(_ name: String) -> Self { Self(name: name, type: .text) }
    fileprivate static func integer(_ name: String) -> Self { Self(name: name, type: .integer) }
    fileprivate static func bytes(_ name: String) -> Self { Self(name: name, type: .bytes) }
    fileprivate static func names(_ name: String) -> Self { Self(name: name, type: .names) }
}
