import MessagingContract

extension ReferenceHTML {
    /// Returns a group with the descriptions of its operations.
    func group(_ name: String, _ operations: [ReferenceOperation]) -> String {
        """
        <section><h2>\(name.escapedForHTML)</h2>
        \(operations.map(operation).joined(separator: "\n"))
        </section>
        """
    }

    private func operation(_ operation: ReferenceOperation) -> String {
        let json = operation.json
        let path = operation.path.escapedForHTML.replacing("{", with: "<var>{").replacing("}", with: "}</var>")
        let isDeprecated = json["deprecated"]?.bool == true
        return """
            <article id="\(operation.id)"\(isDeprecated ? " class=\"deprecated\"" : "")>
            <h3><b class="\(operation.method)">\(operation.method)</b> <code>\(path)</code></h3>
            <p>\(json.text("summary")) <code class="id">\(operation.id)</code></p>
            \(successor(of: operation))
            \(access(json))
            \(parameters(json))
            \(body(json))
            <pre>\(ReferenceExample(operation).text.escapedForHTML)</pre>
            \(answers(json))
            </article>
            """
    }

    private func successor(of operation: ReferenceOperation) -> String {
        guard let path = operation.json["x-successor"]?.string else { return "" }
        let id = document["paths"]?[path]?[operation.method.lowercased()].text("operationId") ?? ""
        return
            "<p class=\"note\">Deprecated. Use <a href=\"#\(id)\">\(operation.method) \(path.escapedForHTML)</a>.</p>"
    }

    private func access(_ json: JSON) -> String {
        var facts: [String] = []
        if let rule = json["x-inin-requires-permissions"] {
            let names = (rule["permissions"]?.array ?? []).map { "<code>\(($0.string ?? "").escapedForHTML)</code>" }
            facts.append("Requires \(rule.text("type")) permissions: \(names.joined(separator: ", "))")
        }
        let schemes = (json["security"]?.array ?? []).compactMap { $0.object?.members.first }
        let scopes = schemes.flatMap { $0.value.array ?? [] }.compactMap(\.string).map {
            "<code>\($0.escapedForHTML)</code>"
        }
        if !scopes.isEmpty {
            facts.append("Scope: \(scopes.joined(separator: " or "))")
        } else if schemes.isEmpty {
            facts.append("Needs no token")
        } else {
            facts.append(schemes.contains { $0.name == "oauth2" } ? "Needs a token" : "The client authenticates itself")
        }
        return "<p class=\"access\">\(facts.joined(separator: "<br>"))</p>"
    }

    private func parameters(_ json: JSON) -> String {
        let rows = (json["parameters"]?.array ?? []).map(resolve).map { parameter in
            """
            <tr><td><code>\(parameter.text("name"))</code></td><td>\(parameter.text("in"))</td>\
            <td>\(parameterType(parameter))</td><td>\(parameter.text("description"))</td></tr>
            """
        }
        if rows.isEmpty { return "" }
        return """
            <table><thead><tr><th>Parameter</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead>
            <tbody>\(rows.joined())</tbody></table>
            """
    }

    private func body(_ json: JSON) -> String {
        guard let content = json["requestBody"]?["content"]?.object?.members, let first = content.first else {
            return ""
        }
        let media = content.map { "<code>\($0.name.escapedForHTML)</code>" }.joined(separator: " or ")
        return "<p>Body: \(type(first.value["schema"] ?? .null)) as \(media)</p>"
    }

    /// Returns the type of a parameter, which may be a document of its own.
    private func parameterType(_ parameter: JSON) -> String {
        guard let media = parameter["schema"]?["contentMediaType"]?.string else {
            return type(parameter["schema"] ?? .null)
        }
        return "\(type(parameter["schema"]?["contentSchema"] ?? .null)) as <code>\(media.escapedForHTML)</code>"
    }

    private func answers(_ json: JSON) -> String {
        let rows = (json["responses"]?.object?.members ?? []).map { status, answer in
            let answer = resolve(answer)
            let content = answer["content"]?.object?.members.first?.value["schema"].map(type) ?? ""
            return """
                <tr><td><code>\(status.escapedForHTML)</code></td><td>\(answer.text("description"))</td><td>\(content)</td>\
                <td>\((answer["headers"]?.object?.members ?? []).map { "<code>\($0.name.escapedForHTML)</code>" }
                    .joined(separator: " "))</td></tr>
                """
        }
        return """
            <table><thead><tr><th>Status</th><th>Meaning</th><th>Body</th><th>Headers</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
    }

    /// Returns the target of a reference below `#/components`. Any other value is returned unchanged.
    private func resolve(_ json: JSON) -> JSON {
        guard let reference = json["$ref"]?.string else { return json }
        return reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }
}
