import Crypto

/// The SHA-256 digest of the rows of a store, which does not depend on its engine.
struct CopyDigest {
    private var hash = SHA256()

    /// Adds rows of a table, in the order of their keys. Each value has its type and its length before it, so that different rows never have
    /// the same bytes.
    mutating func add(_ rows: [CopiedRow], of table: CopiedTable) {
        var bytes: [UInt8] = []
        for row in rows {
            append(0, Array(table.name.utf8), to: &bytes)
            for value in row {
                switch value {
                case .null: append(1, [], to: &bytes)
                case .integer(let integer): append(2, withUnsafeBytes(of: integer.bigEndian) { Array($0) }, to: &bytes)
                case .bytes(let content): append(3, content, to: &bytes)
                case .text(let content): append(4, content, to: &bytes)
                }
            }
        }
        hash.update(data: bytes)
    }

    private func append(_ type: UInt8, _ content: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(type)
        withUnsafeBytes(of: UInt64(content.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes += content
    }

    /// The digest of the rows so far, in hexadecimal digits.
    var text: String { Hexadecimal.string(Array(hash.finalize())) }
}
