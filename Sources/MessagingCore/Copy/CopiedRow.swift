import Foundation
import StrictJSON

/// A value of a row that is copied. Texts are equal if their bytes are.
public enum CopiedValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case bytes([UInt8])
    /// A text, as its bytes in UTF-8.
    case text([UInt8])

    /// Creates a text.
    public init(_ text: String) { self = .text(Array(text.utf8)) }

    /// Creates a list of names, in the same form for every spelling of its JSON. Throws ``StoreError/corrupt(cause:)`` if it is no list of names.
    public init(names json: String) throws(StoreError) {
        guard let names = try? JSONDecoder().decode([String].self, from: Data(json.utf8)),
            let bytes = try? JSONEncoder().encode(names)
        else { throw .corrupt(cause: "the scopes of a token are not a list of names") }
        self = .text(Array(bytes))
    }

    /// The text; nil for NULL and every other type.
    public var string: String? {
        if case .text(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    /// The number of bytes that the value has.
    public var size: Int {
        switch self {
        case .null: 0
        case .integer: 8
        case .bytes(let bytes), .text(let bytes): bytes.count
        }
    }
}

/// A row that is copied: a value for each column of its table.
public typealias CopiedRow = [CopiedValue]

extension CopiedTable {
    /// The largest number of rows of a page.
    public static let rowsOfPage = 1_000
    /// The number of bytes after which a page ends, with the row that reaches it.
    public static let bytesOfPage = 1 << 20
}
