package import MessagingSDK

extension JSON {
    /// The value in a cell of a table: a string without quotes, the elements of an array with commas between them, and an object as JSON. An
    /// object with one member, such as a media type, stands for the value of that member.
    package var cell: String {
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
    package func value(at path: some Collection<String>) -> JSON? {
        guard let name = path.first else { return self }
        if let elements = array { return .array(elements.compactMap { $0.value(at: path) }) }
        return self[name]?.value(at: path.dropFirst())
    }

    /// The values of the document that are no objects, with their paths. An empty object counts as a value.
    package var leaves: [(path: String, value: JSON)] {
        guard let members = object else { return [("", self)] }
        return members.flatMap { name, value -> [(path: String, value: JSON)] in
            guard let inner = value.object, !inner.isEmpty else { return [(name, value)] }
            return value.leaves.map { ("\(name).\($0.path)", $0.value) }
        }
    }
}
