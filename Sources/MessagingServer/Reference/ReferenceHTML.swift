import MessagingContract

/// A page for people, generated from an OpenAPI document alone. It has no script and loads nothing.
struct ReferenceHTML: Sendable {
    let document: JSON

    init(_ document: JSON) { self.document = document }

    /// The HTML of the page.
    var text: String {
        let info = document["info"]
        let body = """
            <nav>
            <a class="home" href="#top">\(info.text("title"))</a>
            \(index)
            </nav>
            <main id="top">
            <h1>\(info.text("title")) <small>\(info.text("version"))</small></h1>
            <p class="lead">\(info.text("summary"))</p>
            \(prose(info?["description"]?.string ?? ""))
            <p>As a document for programs: <a href="/openapi.json">openapi.json</a></p>
            \(authentication)
            \(groups.map(group).joined())
            <section><h2 id="schemas">Schemas</h2>
            \(schemas.map { schema($0.name, $0.value) }.joined())
            </section>
            </main>
            """
        return HTMLPage(title: info.text("title"), style: Self.style, body: body).text
    }

    /// The groups with their operations, both in the order of the document.
    var groups: [(name: String, operations: [ReferenceOperation])] {
        let operations = (document["paths"]?.object?.members ?? []).flatMap { path, item in
            (item.object?.members ?? []).map {
                ReferenceOperation(method: $0.name.uppercased(), path: path, json: $0.value)
            }
        }
        return (document["tags"]?.array ?? []).compactMap { $0["name"]?.string }.map { name in
            (name, operations.filter { $0.json["tags"]?.array?.first?.string == name })
        }
    }

    var schemas: [(name: String, value: JSON)] { document["components"]?["schemas"]?.object?.members ?? [] }

    /// Returns the paragraphs of a description.
    private func prose(_ text: String) -> String {
        "<p>\(text.markedUp.replacing("\n\n", with: "</p>\n<p>"))</p>"
    }

    private var index: String {
        let groups = groups.map { name, operations in
            let items = operations.map { operation in
                """
                <li><a href="#\(operation.id)"><b class="\(operation.method)">\(operation.method)</b> \
                \(operation.json.text("summary"))</a></li>
                """
            }
            return "<p>\(name.escapedForHTML)</p><ul>\(items.joined(separator: "\n"))</ul>"
        }
        return groups.joined(separator: "\n") + "<p><a href=\"#schemas\">Schemas</a></p>"
    }

    private var authentication: String {
        let flow = document["components"]?["securitySchemes"]?["oauth2"]?["flows"]?["clientCredentials"]
        let scopes = (flow?["scopes"]?.object?.members ?? []).map { name, about in
            "<tr><td><code>\(name.escapedForHTML)</code></td><td>\((about.string ?? "").escapedForHTML)</td></tr>"
        }
        let curl = """
            SERVER=http://127.0.0.1:8080
            TOKEN=$(curl -s -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials \\
              "$SERVER\(flow?["tokenUrl"]?.string ?? "")" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
            """
        return """
            <section><h2 id="authentication">Authentication</h2>
            <p>OAuth 2.0 client credentials. The token goes into <code>Authorization: Bearer</code>.</p>
            <pre>\(curl.escapedForHTML)</pre>
            <table><thead><tr><th>Scope</th><th>Allows a token to</th></tr></thead><tbody>\(scopes.joined())</tbody></table>
            </section>
            """
    }
}

/// One operation of the document.
struct ReferenceOperation: Sendable {
    let method: String
    let path: String
    let json: JSON

    /// The name of its anchor in the page.
    var id: String { json.text("operationId") }
}

extension JSON? {
    /// Returns the escaped text of a member, or an empty text if there is none.
    func text(_ name: String) -> String { (self?[name]?.string ?? "").escapedForHTML }
}

extension JSON {
    /// Returns the escaped text of a member, or an empty text if there is none.
    func text(_ name: String) -> String { (self[name]?.string ?? "").escapedForHTML }
}

extension String {
    /// The string as HTML text. The parts in backticks are marked as code.
    var markedUp: String {
        let pieces = escapedForHTML.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        return pieces.map { $0.offset % 2 == 1 ? "<code>\($0.element)</code>" : String($0.element) }.joined()
    }
}
