/// What is known of file kinds: the texts of the tables, read once, when something is first asked.
///
/// Kinds are named in lower case in `aliases` and `parents`, and as the registry writes them elsewhere.
enum FileKindTable {
    /// Media types by the extension of a name, in lower case.
    static let types: [Substring: String] = {
        var types: [Substring: String] = [:]
        for item in names.split(whereSeparator: \.isWhitespace) {
            let parts = item.split(separator: ":")
            for name in parts[1].split(separator: ",") { types[name] = String(parts[0]) }
        }
        return types
    }()

    /// Kinds by another name that they have.
    static let aliases = relation("=")

    /// What a kind is a case of.
    static let parents = relation("<")

    /// All signatures, and where to look for those that may fit.
    static let index = SignatureIndex(
        signatures.split(whereSeparator: \.isWhitespace).flatMap { item in
            let parts = item.split(separator: ":")
            return parts[1].split(separator: "|").compactMap { Signature($0, mediaType: String(parts[0])) }
        }
    )

    /// The kinds that have signatures.
    static let recognized = Set(index.mediaTypes.map { canonical($0) })

    /// The one name of a kind that has several.
    static func canonical(_ mediaType: String) -> String {
        let name = mediaType.lowercased()
        return aliases[name] ?? name
    }

    private static func relation(_ sign: Character) -> [String: String] {
        var found: [String: String] = [:]
        for item in relations.split(whereSeparator: \.isWhitespace) {
            let parts = item.split(separator: sign)
            if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
        }
        return found
    }
}
