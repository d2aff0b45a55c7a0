/// Writes HCL in the form of `terraform fmt`.
struct HCLPrinter {
    private var lines: [String] = []

    /// Returns the text of a file. It ends with a line feed.
    static func text(_ body: HCLBody) -> String {
        var printer = HCLPrinter()
        printer.add(body, indentation: "")
        return printer.lines.map { "\($0)\n" }.joined()
    }

    private mutating func add(_ body: HCLBody, indentation: String) {
        var attributes: [(name: String, value: HCLValue)] = []
        var previous: HCLBody.Item?
        for item in body.items {
            if case .attribute(let attribute) = item {
                if case .block = previous { lines.append("") }
                attributes.append((attribute.name, attribute.value))
            } else {
                add(attributes, indentation: indentation)
                attributes = []
                if Self.isApart(previous, item, isFile: indentation.isEmpty) { lines.append("") }
                add(item, indentation)
            }
            previous = item
        }
        add(attributes, indentation: indentation)
    }

    private mutating func add(_ item: HCLBody.Item, _ indentation: String) {
        switch item {
        case .attribute: break
        case .comment(let text): lines.append("\(indentation)# \(text.onOneLine)")
        case .block(let block):
            let labels = block.labels.map { " \($0.quoted)" }.joined()
            guard !block.body.items.isEmpty else {
                lines.append("\(indentation)\(block.type)\(labels) {}")
                return
            }
            lines.append("\(indentation)\(block.type)\(labels) {")
            add(block.body, indentation: indentation + "  ")
            lines.append("\(indentation)}")
        }
    }

    /// Returns whether an empty line is between two items, of which the second is no attribute.
    private static func isApart(_ one: HCLBody.Item?, _ other: HCLBody.Item, isFile: Bool) -> Bool {
        switch (one, other) {
        case (nil, _): false
        case (.attribute, _): true
        case (.block, _): isFile
        case (.comment, _): isFile
        }
    }

    /// Writes the names and values of attributes or members. Those whose values have one line are aligned with their neighbors.
    private mutating func add(_ entries: [(name: String, value: HCLValue)], indentation: String) {
        var rest = entries[...]
        while !rest.isEmpty {
            let neighbors = rest.prefix { $0.value.members == nil }
            let width = neighbors.map(\.name.count).max() ?? 0
            for (name, value) in neighbors {
                let padded = name + String(repeating: " ", count: width - name.count)
                lines.append("\(indentation)\(padded) = \(value.onOneLine)")
            }
            rest = rest.dropFirst(neighbors.count)
            guard let (name, value) = rest.popFirst(), let members = value.members else { continue }
            let isJSON = if case .json = value.expression { true } else { false }
            lines.append("\(indentation)\(name) = \(isJSON ? "jsonencode({" : "{")")
            add(members.map { ($0.name.key, $0.value) }, indentation: indentation + "  ")
            lines.append("\(indentation)\(isJSON ? "})" : "}")")
        }
    }
}

extension HCLValue {
    /// The members of an object, or of one in JSON, which is written in several lines; nil for another value.
    fileprivate var members: [(name: String, value: HCLValue)]? {
        switch expression {
        case .object(let members) where !members.isEmpty: members
        case .json(let value): value.members
        default: nil
        }
    }

    fileprivate var onOneLine: String {
        switch expression {
        case .null, .unsupported: "null"
        case .bool(let value): "\(value)"
        case .number(let number): number
        case .string(let text): text.quoted
        case .list(let elements): "[\(elements.map(\.onOneLine).joined(separator: ", "))]"
        case .object(let members):
            members.isEmpty
                ? "{}" : "{ \(members.map { "\($0.name.key) = \($0.value.onOneLine)" }.joined(separator: ", ")) }"
        case .reference(let parts): parts.joined(separator: ".")
        case .json(let value): "jsonencode(\(value.onOneLine))"
        }
    }
}
