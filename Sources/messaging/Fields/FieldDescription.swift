import MessagingFiles

/// A field in words, with a table of the fields inside it.
struct FieldDescription {
    private let field: DeclaredField
    private let name: String

    /// Describes a field under a name.
    init(_ field: DeclaredField, name: String) {
        self.field = field
        self.name = name
    }

    /// Returns the description, line by line. If the table would be wider than `width`, each of the fields has lines of its own.
    func lines(within width: Int? = nil) -> [String] {
        var lines = ["\(name): \(Self.type(of: field))"]
        if let about = field.shape?.about { lines.append("  \(about).") }
        if !field.path.isEmpty { lines.append("  \(Self.use(of: field)).") }
        let values = field.response?.values ?? []
        if !values.isEmpty { lines.append("  Values: \(values.joined(separator: ", ")).") }
        let limits = field.shape?.limits ?? []
        if !limits.isEmpty {
            lines.append("  Limits: \(limits.map { "\($0.name) \($0.value)" }.joined(separator: ", ")).")
        }
        guard !field.members.isEmpty else { return lines }
        let rows = field.members.map { member in
            [member.path.last ?? "", Self.type(of: member), Self.use(of: member), member.shape?.about ?? ""]
        }
        let table = Sheet(columns: ["field", "type", "use", "about"], rows: rows)
        let aligned = table.aligned(width: nil, header: true, styled: false)
        guard let width, aligned.contains(where: { $0.columns > width }) else { return lines + [""] + aligned }
        return lines + [""] + field.members.flatMap(Self.listed)
    }

    /// Returns a field in a list: its name, its type and its use, and what it is about on a line of its own.
    private static func listed(_ field: DeclaredField) -> [String] {
        let about = (field.shape?.about).map { ["  \($0)."] } ?? []
        return ["\(field.path.last ?? ""): \(type(of: field)), \(use(of: field))"] + about
    }

    private static func type(of field: DeclaredField) -> String {
        guard let shape = field.shape else { return "any" }
        if let elements = shape.elements {
            return "array of \(field.response?.elements?.name ?? elements.name ?? elements.type)"
        }
        if shape.anyMember != nil { return "object of strings" }
        return (field.response?.name ?? shape.name).map { "\(shape.type) \($0)" } ?? shape.type
    }

    private static func use(of field: DeclaredField) -> String {
        if field.request == nil { return "read only" }
        return field.isRequired ? "required" : "optional"
    }
}
