import MessagingSDK

extension JSON {
    /// Returns the document with only the members at these paths, in the order of the paths; in an array, those of each element. A member that the
    /// document lacks is left out.
    func selecting(_ paths: [[String]]) -> JSON {
        if let elements = array { return .array(elements.map { $0.selecting(paths) }) }
        guard let members = object, !paths.contains(where: \.isEmpty) else { return self }
        var names: [String] = []
        var inner: [String: [[String]]] = [:]
        for path in paths {
            guard let name = path.first else { continue }
            if inner[name] == nil { names.append(name) }
            inner[name, default: []].append(Array(path.dropFirst()))
        }
        var selected: JSON.Object = [:]
        for name in names { selected[name] = members[name]?.selecting(inner[name] ?? []) }
        return .object(selected)
    }
}
