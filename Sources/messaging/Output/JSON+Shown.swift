import MessagingFiles
import MessagingSDK
import StandardStreams

extension JSON {
    /// The document for people and programs: indented, with members in order. Characters that could have an effect on a terminal are escaped
    /// in its strings, so that it is the same document.
    var shown: String { Self.escaped(pretty.dropLast()) }
    /// The same document on one line.
    var shownOnOneLine: String { Self.escaped(bytes) }

    /// The same document as YAML.
    var shownAsYAML: String { get throws(Failure) { String(try yaml.dropLast()) } }

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
