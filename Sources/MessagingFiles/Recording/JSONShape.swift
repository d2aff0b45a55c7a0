import MessagingSDK

/// The shape of a document: the paths of its members with the types of their values. The elements of an array have one shape together.
struct JSONShape: Equatable {
    /// The types of the values by their paths, such as `entities[].name`.
    private(set) var types: [String: Set<String>] = [:]

    /// Creates the shape of a document.
    init(_ document: JSON) { add(document, at: "") }

    private mutating func add(_ value: JSON, at path: String) {
        types[path, default: []].insert(Self.type(value))
        switch value {
        case .array(let elements): for element in elements { add(element, at: "\(path)[]") }
        case .object(let members):
            for (name, value) in members { add(value, at: path.isEmpty ? name : "\(path).\(name)") }
        default: break
        }
    }

    /// Returns the differences from a recorded shape, as sentences without their ends.
    func differences(from recorded: JSONShape) -> [String] {
        var found: [String] = []
        for (path, types) in recorded.types.sorted(by: { $0.key < $1.key }) {
            guard let present = self.types[path] else {
                if hasParent(of: path) { found.append("\(path) is missing") }
                continue
            }
            let other = present.subtracting(types)
            if !other.isEmpty {
                found.append(
                    "\(path) is \(other.sorted().joined(separator: " or ")), recorded as \(types.sorted().joined(separator: " or "))"
                )
            }
        }
        for path in types.keys.sorted() where recorded.types[path] == nil && recorded.hasParent(of: path) {
            found.append("\(path) was not recorded")
        }
        return found
    }

    /// Returns whether the shape has the object or the array around a path, so that the absence of the path means something.
    private func hasParent(of path: String) -> Bool {
        if path.hasSuffix("[]") { return false }
        guard let end = path.lastIndex(of: ".") else { return true }
        return types[String(path[..<end])] != nil
    }

    private static func type(_ value: JSON) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
