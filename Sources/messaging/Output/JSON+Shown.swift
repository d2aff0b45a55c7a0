import MessagingFiles
import MessagingSDK
import StandardStreams

extension JSON {
    /// The document for people and programs: indented, with members in order. Characters that could have an effect on a terminal are escaped
    /// in its strings, so that it is the same document.
    var shown: String { Self.escaped(pretty.dropLast()) }
    /// The same document on one line.
    var shownOnOneLine: String { Self.escaped(bytes) }

    /// The same document as YAML. Only its quoted strings and keys can have such characters, so the escapes are those of YAML.
    var shownAsYAML: String {
        get throws(Failure) {
            let text = try yaml
            var escaped = ""
            for scalar in text.unicodeScalars {
                if Self.isPlain(scalar) {
                    escaped.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    let isShort = digits.count <= 4
                    escaped += isShort ? "\\u" : "\\U"
                    escaped += String(repeating: "0", count: (isShort ? 4 : 8) - digits.count) + digits
                }
            }
            return escaped.last == "\n" ? String(escaped.dropLast()) : escaped
        }
    }

    private static func escaped(_ document: some Collection<UInt8>) -> String {
        let text = String(decoding: document, as: UTF8.self)
        guard !text.unicodeScalars.allSatisfy(isPlain) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            if isPlain(scalar) {
                escaped.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return escaped
    }

    /// Line feeds are only between the tokens of a document.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool { scalar.isVisible || scalar == "\n" }
}
