/// The file kinds in the text tables. A kind may have several names. Each name has a number, and a kind has the number of one of its names.
struct FileKindReading {
    /// The numbers of names, by the names in lower case.
    private(set) var numbers: [String: Int] = [:]
    /// File name extensions in lower case, each with the number of a name of its kind.
    private(set) var extensions: [(Substring, Int)] = []
    /// Signatures as the table spells them, each with the number of a name of its kind.
    private(set) var signatures: [(Substring, Int)] = []
    /// The kind of each name, by the number of the name.
    private(set) var kinds: [KnownKind] = []

    /// The spelling of each name, by the number of the name. A registered name has the spelling of the registry.
    private var spellings: [String] = []
    /// The number of a kind, by the numbers of its other names.
    private var one: [Int: Int] = [:]
    /// The formats in which files of a kind are stored, by the number of the kind.
    private var forms: [Int: [Int]] = [:]

    /// Reads the three tables.
    init() {
        for (mediaType, found) in Self.lines(FileKindTable.names, ":") {
            let kind = number(mediaType)
            extensions += found.split(separator: ",").map { ($0, kind) }
        }
        for (mediaType, found) in Self.lines(FileKindTable.signatures, ":") {
            let kind = number(mediaType)
            signatures += found.split(separator: "|").map { ($0, kind) }
        }
        for (name, kind) in Self.lines(FileKindTable.relations, "=") { one[number(name)] = number(kind) }
        for (kind, found) in Self.lines(FileKindTable.relations, "<") {
            forms[number(kind)] = found.split(separator: ",").map { number($0) }
        }
        let text = number("text/plain")
        let recognized = Set(signatures.map { one[$0.1] ?? $0.1 })
        kinds = spellings.indices.map { place in
            let number = one[place] ?? place
            let lineage = self.lineage(of: number)
            return KnownKind(
                mediaType: spellings[place],
                name: spellings[number].lowercased(),
                number: number,
                forms: lineage,
                isRecognized: lineage.contains(where: recognized.contains),
                isText: lineage.contains(text)
            )
        }
    }

    /// Returns the format that the name of a kind implies, by a suffix of RFC 6839 or because it is a type of text. The name is in lower
    /// case.
    ///
    /// Returns nil if the name implies none.
    static func form(ofName name: String) -> String? {
        if name.hasSuffix("+xml") { return "application/xml" }
        if name.hasSuffix("+json") { return "application/json" }
        if name.hasSuffix("+zip") { return "application/zip" }
        return name.hasPrefix("text/") && name != "text/plain" ? "text/plain" : nil
    }

    /// Returns the kind, the formats in which its files are stored, the formats of those formats, and so on, each once.
    private func lineage(of kind: Int) -> [Int] {
        var found = [kind]
        var place = 0
        while place < found.count {
            let named = Self.form(ofName: spellings[found[place]].lowercased()).flatMap { numbers[$0] }
            for form in forms[found[place]] ?? named.map({ [$0] }) ?? [] where !found.contains(form) {
                found.append(form)
            }
            place += 1
        }
        return found
    }

    private mutating func number(_ mediaType: some StringProtocol) -> Int {
        let name = mediaType.lowercased()
        if let number = numbers[name] { return number }
        numbers[name] = spellings.count
        spellings.append(String(mediaType))
        return spellings.count - 1
    }

    /// Returns the items of a table that contain this sign, each split at its first occurrence. The second part may be empty.
    private static func lines(_ table: String, _ sign: Unicode.Scalar) -> [(Substring, Substring)] {
        table.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.compactMap { item in
            guard let place = item.firstIndex(of: UInt8(ascii: sign)) else { return nil }
            return (Substring(item[..<place]), Substring(item[item.index(after: place)...]))
        }
    }
}
