import MessagingContract

extension ReferenceHTML {
    /// Returns a named schema as a table of its members.
    func schema(_ name: String, _ schema: JSON) -> String {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        let rows = (schema["properties"]?.object?.members ?? []).map { member, schema in
            """
            <tr><td><code>\(member.escapedForHTML)</code>\(required.contains(member) ? " <em>required</em>" : "")</td>\
            <td>\(type(schema))</td><td>\((schema["description"]?.string ?? "").markedUp)</td></tr>
            """
        }
        let table = """
            <table><thead><tr><th>Member</th><th>Type</th><th>Meaning</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
        let title = name.escapedForHTML
        return """
            <article id="schema-\(title)"><h3><code>\(title)</code></h3>
            \(table)
            </article>
            """
    }

    /// Returns a short description of a schema, with links to the schemas that it names.
    func type(_ schema: JSON) -> String {
        if let reference = schema["$ref"]?.string?.split(separator: "/").last {
            let name = String(reference).escapedForHTML
            return "<a href=\"#schema-\(name)\">\(name)</a>"
        }
        if let alternatives = schema["anyOf"]?.array {
            return alternatives.map(type).joined(separator: " or ")
        }
        if let value = schema["const"]?.string { return "<code>\(value.escapedForHTML)</code>" }
        if let values = (schema["enum"] ?? schema["examples"])?.array {
            let names = values.compactMap(\.string).map { "<code>\($0.escapedForHTML)</code>" }
            return names.joined(separator: ", ") + (schema["enum"] == nil ? ", …" : "")
        }
        if let items = schema["items"] { return "array of \(type(items))" }
        return schema.text("type") + bounds(of: schema)
    }

    private func bounds(of schema: JSON) -> String {
        var limits: [String] = []
        if let format = schema["format"]?.string { limits.append(format) }
        if let minimum = schema["minimum"]?.number, let maximum = schema["maximum"]?.number {
            limits.append("\(minimum.literal) to \(maximum.literal)")
        }
        if let length = schema["maxLength"]?.number { limits.append("at most \(length.literal) characters") }
        if let value = schema["default"]?.number { limits.append("default \(value.literal)") }
        return limits.isEmpty ? "" : ", \(limits.joined(separator: ", ").escapedForHTML)"
    }
}
