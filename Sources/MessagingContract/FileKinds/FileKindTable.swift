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

    /// The lineage of each kind that has signatures, by the name that its signatures have for it, see ``lineage(of:)``.
    static let lineages = Dictionary(
        index.mediaTypes.map { ($0, lineage(of: canonical($0))) },
        uniquingKeysWith: { first, _ in first }
    )

    /// A kind by its one name, what it is a case of, and so on.
    static func lineage(of kind: String) -> [String] {
        var lineage: [String] = []
        var next: String? = kind
        while let kind = next, !lineage.contains(kind) {
            lineage.append(kind)
            next = parents[kind] ?? general(kind)
        }
        return lineage
    }

    /// What a name alone says: the suffixes of RFC 6839, and that text is text.
    private static func general(_ kind: String) -> String? {
        if kind.hasSuffix("+xml") { return "application/xml" }
        if kind.hasSuffix("+json") { return "application/json" }
        if kind.hasSuffix("+zip") { return "application/zip" }
        return kind.hasPrefix("text/") && kind != "text/plain" ? "text/plain" : nil
    }

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
