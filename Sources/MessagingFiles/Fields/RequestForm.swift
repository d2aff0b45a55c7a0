package import MessagingSDK

/// The form of the objects of a kind in requests: which members a client writes.
package struct RequestForm: Sendable {
    private indirect enum Node: Sendable {
        case any
        case members([String: Node])
        case elements(Node)
    }

    private let root: Node
    private let names: [String]

    /// Creates the form of objects with these fields.
    package init(_ declared: DeclaredField) {
        root = Self.form(of: declared)
        names = declared.members.compactMap(\.path.last)
    }

    /// Returns the same members in the order of the fields.
    func ordered(_ members: JSON.Object) -> JSON.Object {
        JSON.Object(names.compactMap { name in members[name].map { (name, $0) } })
    }

    /// Returns the members of an object that a client writes, in their order, without empty objects.
    package func members(of object: JSON) -> JSON.Object { Self.written(object, root)?.object ?? [:] }

    private static func form(of field: DeclaredField) -> Node {
        let members = field.members.filter { $0.request != nil }
        guard !members.isEmpty else { return .any }
        let node = Node.members(
            Dictionary(members.map { ($0.path.last ?? "", form(of: $0)) }, uniquingKeysWith: { first, _ in first })
        )
        return field.request?.elements == nil ? node : .elements(node)
    }

    private static func written(_ value: JSON, _ node: Node) -> JSON? {
        switch (node, value) {
        case (.members(let nodes), .object(let members)):
            var written: JSON.Object = [:]
            for (name, inner) in members {
                guard let node = nodes[name], let inner = Self.written(inner, node) else { continue }
                written[name] = inner
            }
            return written.isEmpty ? nil : .object(written)
        case (.elements(let node), .array(let elements)):
            return .array(elements.compactMap { Self.written($0, node) })
        default: return value.isNull ? nil : value
        }
    }
}
