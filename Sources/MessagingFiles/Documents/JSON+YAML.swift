package import MessagingSDK
import StandardStreams
import Yams

extension JSON {
    /// Reads a YAML document. An empty document is null. A plain scalar is a value of the core schema: null, a boolean, a number as JSON writes
    /// it, or else a string, so `yes` and `1_000` are strings. Keys are strings. Tags have no meaning. A document with aliases is refused.
    package init(yaml bytes: [UInt8]) throws(DocumentError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DocumentError(reason: "the text is not UTF-8", line: 1, column: 1)
        }
        if let place = YAMLAliases.first(in: bytes) {
            throw DocumentError(reason: "anchors and aliases are not read", line: place.line, column: place.column)
        }
        do {
            var reader = YAMLReader()
            self =
                try Yams.compose(yaml: text, .basic).map { node throws(DocumentError) in try reader.value(node) }
                ?? .null
        } catch let error as DocumentError {
            throw error
        } catch {
            throw DocumentError(error)
        }
    }

    /// The document as YAML. All strings are in double quotes, so that no reader takes one for another value. Characters that could have an
    /// effect on a terminal are escaped in them, so that a file and the output show what they have.
    package var yaml: String {
        get throws(Failure) {
            do {
                return Self.escaped(try Yams.serialize(node: node, width: -1, allowUnicode: true))
            } catch {
                throw Failure(.failed, "document.not.written", "a value cannot be written as YAML")
            }
        }
    }

    /// Returns a document whose invisible characters, which only quoted strings and keys have, are escapes of YAML.
    private static func escaped(_ document: String) -> String {
        var escaped = ""
        for scalar in document.unicodeScalars {
            guard !scalar.isVisible, scalar != "\n" else {
                escaped.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let isShort = digits.count <= 4
            escaped += isShort ? "\\u" : "\\U"
            escaped += String(repeating: "0", count: (isShort ? 4 : 8) - digits.count) + digits
        }
        return escaped
    }

    private var node: Node {
        switch self {
        case .null: Node("null", .implicit, .plain)
        case .bool(let value): Node("\(value)", .implicit, .plain)
        case .number(let number): Node(number.literal, .implicit, .plain)
        case .string(let text): Node(text, Tag(.str), .doubleQuoted)
        case .array(let elements): Node(elements.map(\.node), .implicit, elements.isEmpty ? .flow : .block)
        case .object(let members):
            Node(
                members.map { name, value in (Self.key(name), value.node) },
                .implicit,
                members.isEmpty ? .flow : .block
            )
        }
    }

    private static func key(_ name: String) -> Node {
        let isPlain =
            name.utf8.first.map { UInt8(ascii: "A")...UInt8(ascii: "z") ~= $0 } ?? false
            && name.utf8.allSatisfy {
                $0 == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0.isLetter
            }
        return Node(
            name,
            isPlain ? .implicit : Tag(.str),
            isPlain && !reserved.contains(name.lowercased()) ? .plain : .doubleQuoted
        )
    }

    /// The words that YAML 1.1 or 1.2 takes for other values than strings.
    private static let reserved: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
    }
}

/// Makes JSON of the nodes of a document. The number of values is bounded.
private struct YAMLReader {
    private var rest = 100_000
    /// The number of arrays and objects that may be inside the present one, as many as in JSON.
    private var depthLeft = 128

    mutating func value(_ node: Node) throws(DocumentError) -> JSON {
        rest -= 1
        guard rest > 0 else { throw Self.error("the document has too many values", node) }
        guard node.scalar == nil else { return try single(node) }
        guard depthLeft > 0 else { throw Self.error(Self.tooDeep, node) }
        depthLeft -= 1
        defer { depthLeft += 1 }
        return try single(node)
    }

    /// Returns the value of a node whose depth was checked.
    private mutating func single(_ node: Node) throws(DocumentError) -> JSON {
        switch node {
        case .scalar(let scalar): return Self.value(scalar)
        case .sequence(let elements):
            var values: [JSON] = []
            for element in elements { values.append(try value(element)) }
            return .array(values)
        case .mapping(let members):
            var object: JSON.Object = [:]
            for (name, member) in members {
                guard case .scalar(let key) = name else { throw Self.error("a key must be a string", name) }
                // The parser takes the keys 1 and "1" for two.
                guard object[key.string] == nil else {
                    throw Self.error("the key \"\(key.string)\" occurs twice", name)
                }
                object[key.string] = try value(member)
            }
            return .object(object)
        case .alias: throw Self.error("the alias has no anchor", node)
        }
    }

    private static func value(_ scalar: Node.Scalar) -> JSON {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default:
            guard case .number(let number)? = try? JSON(parsing: Array(scalar.string.utf8)) else {
                return .string(scalar.string)
            }
            return .number(number)
        }
    }

    /// The reason of the parser of JSON.
    static let tooDeep = "too many nested arrays and objects"

    private static func error(_ reason: String, _ node: Node) -> DocumentError {
        DocumentError(reason: reason, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}

extension DocumentError {
    /// Creates the error for one of the YAML library. That of a repeated key has the place of its mapping.
    fileprivate init(_ error: any Error) {
        switch error as? YamlError {
        case .parser(_, let problem, let mark, _)? where problem.hasPrefix("Maximum nesting level"):
            self.init(reason: YAMLReader.tooDeep, line: mark.line, column: mark.column)
        case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
            .composer(_, let problem, let mark, _)?:
            self.init(reason: problem, line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(let names, let context)?:
            let mark = context.mark
            self.init(reason: "the key \"\(names.first ?? "")\" occurs twice", line: mark.line, column: mark.column)
        case .reader(let problem, let offset, _, let text)?:
            let before = text.prefix(offset ?? 0)
            let line = before.count { $0.isNewline } + 1
            self.init(reason: problem, line: line, column: before.reversed().prefix { !$0.isNewline }.count + 1)
        default:
            self.init(reason: "it cannot be read", line: 1, column: 1)
        }
    }
}
