/// Names of the files of objects.
struct FileNames {
    private var taken: Set<String> = []

    /// Creates names, of which none is taken.
    init() {}

    /// Returns a name for the file of an object, without its extension: the label, with other characters than ASCII letters, digits, spaces and
    /// `-_.~` percent-encoded. It differs from the names before in more than letter case, and has at most 200 bytes.
    mutating func name(_ object: ConfiguredObject) -> String {
        var name = Self.encoded(object.label)
        if name.utf8.count > 150 {
            name = "\(name.prefix(150))~\((object.id ?? "").filter(\.isASCIILetterOrDigit).suffix(8))"
        }
        var (candidate, number) = (name, 1)
        while !taken.insert(candidate.lowercased()).inserted {
            number += 1
            candidate = "\(name)~\(number)"
        }
        return candidate
    }

    private static func encoded(_ label: String) -> String {
        var name = ""
        for (place, byte) in label.utf8.enumerated() {
            let character = Character(Unicode.Scalar(byte))
            let isPlain =
                character.isASCIILetterOrDigit || "-_~".contains(character) || place > 0 && " .".contains(character)
            name +=
                isPlain
                ? String(character)
                : "%" + String(byte >> 4, radix: 16, uppercase: true)
                    + String(byte & 15, radix: 16, uppercase: true)
        }
        return name
    }
}

extension Character {
    /// Whether it is one of `a` to `z`, `A` to `Z` and `0` to `9`.
    var isASCIILetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}
