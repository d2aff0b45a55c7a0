import MessagingContract

/// A table of kinds by file name extension.
struct ExtensionTable: Sendable {
    /// The kinds by extensions of up to eight bytes, with the last byte in the lowest place.
    private var short: [UInt64: KnownKind] = [:]
    private var long: [String: KnownKind] = [:]

    /// Creates a table of extensions in lower case with their kinds.
    init(_ kinds: [(Substring, KnownKind)]) {
        for (name, kind) in kinds {
            if name.utf8.count <= 8 {
                short[name.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = kind
            } else {
                long[String(name)] = kind
            }
        }
    }

    /// Returns the kind that the extension of a file's name indicates, in any letter case. A path before the name is ignored.
    ///
    /// Returns nil if the name has no dot, only one at its beginning, or an unknown extension.
    func kind(of name: UnsafeBufferPointer<UInt8>) -> KnownKind? {
        var start = name.count
        while start > 0, name[start - 1] != UInt8(ascii: ".") {
            if Self.endsFolder(name[start - 1]) || name[start - 1] == 0 { return nil }
            start -= 1
        }
        guard start > 1, !Self.endsFolder(name[start - 2]) else { return nil }
        let letters = name[start...]
        guard letters.count <= 8 else {
            return long[String(decoding: letters.map(\.lowercaseASCII), as: UTF8.self)]
        }
        return short[letters.reduce(0) { $0 << 8 | UInt64($1.lowercaseASCII) }]
    }

    private static func endsFolder(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }
}
