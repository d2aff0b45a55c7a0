import MessagingContract

/// An example of an operation: a command to paste, with `SERVER` and `TOKEN` from the environment.
struct ReferenceExample: Sendable {
    let text: String

    init(_ operation: ReferenceOperation) {
        let isOpen = operation.json["security"]?.array?.contains { $0["oauth2"] != nil } != true
        let path = operation.path.replacing("{", with: "$").replacing("}", with: "")
        var lines: [String]
        switch operation.method {
        case "GET": lines = ["curl"]
        case "HEAD": lines = ["curl -I"]
        default: lines = ["curl -X \(operation.method)"]
        }
        if !isOpen { lines.append("-H \"Authorization: Bearer $TOKEN\"") }
        if let (media, content) = operation.json["requestBody"]?["content"]?.object?.members.first,
            let example = content["example"]
        {
            if media == "application/json" {
                lines.append("-H 'Content-Type: application/json'")
                lines.append("-d '\(String(decoding: example.bytes, as: UTF8.self))'")
            } else if let text = example.string {
                lines.append("-H 'Content-Type: \(media)'")
                lines.append("--data-binary $'\(text.escapedForShell)'")
            } else {
                lines.append("-u \"$CLIENT_ID:$CLIENT_SECRET\"")
                lines += (example.object?.members ?? []).map { "-d \($0.name)=\($0.value.string ?? "")" }
            }
        }
        lines.append("\"$SERVER\(path)\"")
        text = lines.joined(separator: " \\\n  ")
    }
}

extension String {
    /// The text with escapes for its place between `$'` and `'` in a shell.
    fileprivate var escapedForShell: String {
        replacing("\\", with: "\\\\").replacing("'", with: "\\'").replacing("\r", with: "\\r").replacing(
            "\n",
            with: "\\n"
        )
    }
}
