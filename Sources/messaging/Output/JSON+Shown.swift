import MessagingSDK
import StandardStreams

extension JSON {
    /// The document for people and programs: indented, with members in order. Characters that could have an effect on a terminal are escaped
    /// in its strings, so that it is the same document.
    var shown: String { Self.escaped(pretty.dropLast()) }
    /// The same document on one line.
    var shownOnOneLine: String { Self.escaped(bytes) }

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

    /// The value in a cell of a table: a string without quotes, the elements of an array with commas between them, and an object as JSON. An
    /// object with one member, such as a media type, stands for the value of that member.
    var cell: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .number(let number): number.literal
        case .bool(let value): "\(value)"
        case .array(let elements):
            elements.map { element in
                if let members = element.object, members.count == 1, let only = members.members.first {
                    return only.value.cell
                }
                return element.cell
            }
            .joined(separator: ", ")
        case .object: String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Returns the value at a path of member names; in an array, that of each element. Returns nil if there is none.
    func value(at path: some Collection<String>) -> JSON? {
        guard let name = path.first else { return self }
        if let elements = array { return .array(elements.compactMap { $0.value(at: path) }) }
        return self[name]?.value(at: path.dropFirst())
    }

    /// The values of the document that are no objects, with their paths. An empty object counts as a value.
    var leaves: [(path: String, value: JSON)] {
        guard let members = object else { return [("", self)] }
        return members.flatMap { name, value -> [(path: String, value: JSON)] in
            guard let inner = value.object, !inner.isEmpty else { return [(name, value)] }
            return value.leaves.map { ("\(name).\($0.path)", $0.value) }
        }
    }
}
