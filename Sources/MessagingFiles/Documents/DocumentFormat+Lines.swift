import Yams

extension DocumentFormat {
    /// Returns the line, from 1, of the member at a path in a document: of its name, or of the nearest member around it that the document has.
    /// In an array, the name is an index from 0. Returns nil if there is none, or if the document cannot be read.
    package static func line(of path: [String], in bytes: [UInt8]) -> Int? {
        // JSON is YAML, but for rare cases in which nil is returned.
        guard let text = String(validating: bytes, as: UTF8.self), var node = try? Yams.compose(yaml: text, .basic)
        else {
            return nil
        }
        var line: Int?
        for name in path {
            switch node {
            case .mapping(let members):
                guard let member = members.first(where: { $0.key.scalar?.string == name }) else { return line }
                line = member.key.mark?.line ?? line
                node = member.value
            case .sequence(let elements):
                guard let index = Int(name), elements.indices.contains(index) else { return line }
                node = elements[index]
                line = node.mark?.line ?? line
            default:
                return line
            }
        }
        return line
    }
}
