/// Reads one line of a TOML document.
struct TOMLScanner {
    /// The meaning of a line.
    enum Statement {
        /// The beginning of the table with a name.
        case table(String)
        /// A value of a key.
        case value(key: String, TOMLDocument.Value)
    }

    /// The reason why a line cannot be read.
    struct Refusal: Error {
        /// What is wrong.
        let reason: String

        /// Creates a refusal with this reason.
        init(_ reason: String) { self.reason = reason }
    }

    private var rest: Substring.UnicodeScalarView

    /// Creates a scanner at the beginning of a line.
    init(_ line: Substring.UnicodeScalarView) { rest = line }

    /// Returns the statement of the line; nil if it is empty or a comment.
    mutating func statement() throws(Refusal) -> Statement? {
        skipSpaces()
        guard let first = rest.first, first != "#" else {
            try end()
            return nil
        }
        if first == "[" {
            rest.removeFirst()
            skipSpaces()
            if rest.first == "[" { throw Refusal("an array of tables is not read") }
            let name = try key()
            try take("]", or: "a table must be like [name]")
            try end()
            return .table(name)
        }
        let name = try key()
        try take("=", or: "a line must be a table, or a key with a value")
        skipSpaces()
        let read = try value()
        try end()
        return .value(key: name, read)
    }

    private mutating func key() throws(Refusal) -> String {
        if rest.first == "\"" || rest.first == "'" { return try string() }
        let name = String(String.UnicodeScalarView(takeWhile(Self.isBare)))
        guard !name.isEmpty else { throw Refusal("a line must be a table, or a key with a value") }
        skipSpaces()
        if rest.first == "." { throw Refusal("a key with a dot is not read") }
        return name
    }

    private mutating func value() throws(Refusal) -> TOMLDocument.Value {
        switch rest.first {
        case "\""?, "'"?: return .string(try string())
        case "["?: throw Refusal("an array is not read")
        case "{"?: throw Refusal("an inline table is not read")
        default: break
        }
        let word = String(
            String.UnicodeScalarView(takeWhile { Self.isBare($0) || $0 == "+" || $0 == "." || $0 == ":" })
        )
        switch word {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default:
            guard let number = Self.integer(word) else {
                throw Refusal("a value must be a string in quotes, true, false or an integer")
            }
            return .integer(number)
        }
    }

    /// Reads a decimal integer, whose digits may have single underscores between them.
    private static func integer(_ word: String) -> Int? {
        let digits = word.first == "+" || word.first == "-" ? word.dropFirst() : word[...]
        let isWritten = digits.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { ("0"..."9").contains($0) }
        }
        guard isWritten, digits == "0" || digits.first != "0" else { return nil }
        return Int(word.replacing("_", with: ""))
    }

    private mutating func string() throws(Refusal) -> String {
        let quote = rest.removeFirst()
        if rest.starts(with: [quote, quote]) { throw Refusal("a string of several lines is not read") }
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case quote: return String(text)
            case "\\" where quote == "\"": text.append(try escaped())
            case "\t": text.append(scalar)
            default:
                guard scalar.value >= 0x20, scalar.value != 0x7F else {
                    throw Refusal("a string has a control character")
                }
                text.append(scalar)
            }
        }
        throw Refusal("a string has no end")
    }

    private mutating func escaped() throws(Refusal) -> Unicode.Scalar {
        switch rest.popFirst() {
        case "b"?: return "\u{8}"
        case "t"?: return "\t"
        case "n"?: return "\n"
        case "f"?: return "\u{C}"
        case "r"?: return "\r"
        case "\""?: return "\""
        case "\\"?: return "\\"
        case "u"?: return try scalar(digits: 4)
        case "U"?: return try scalar(digits: 8)
        default: throw Refusal("a string has an unknown escape")
        }
    }

    private mutating func scalar(digits count: Int) throws(Refusal) -> Unicode.Scalar {
        let digits = String(String.UnicodeScalarView(rest.prefix(count)))
        rest = rest.dropFirst(count)
        let areHexadecimal = digits.unicodeScalars.count == count && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
        guard areHexadecimal, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw Refusal("a string has an escape of no character")
        }
        return scalar
    }

    private mutating func take(_ scalar: Unicode.Scalar, or reason: String) throws(Refusal) {
        skipSpaces()
        guard rest.popFirst() == scalar else { throw Refusal(reason) }
    }

    /// Reads the end of the line, before which there may be a comment.
    private mutating func end() throws(Refusal) {
        skipSpaces()
        guard rest.first == nil || rest.first == "#" else { throw Refusal("there is something behind the value") }
        guard rest.allSatisfy({ $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw Refusal("a comment has a control character")
        }
    }

    private mutating func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\t" } }

    private mutating func takeWhile(_ belongs: (Unicode.Scalar) -> Bool) -> Substring.UnicodeScalarView {
        let taken = rest.prefix(while: belongs)
        rest = rest[taken.endIndex...]
        return taken
    }

    private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_"
            || scalar == "-"
    }
}
