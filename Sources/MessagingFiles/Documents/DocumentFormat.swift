package import MessagingSDK

/// A form in which documents are written.
package enum DocumentFormat: String, CaseIterable {
    /// YAML 1.2, with its core schema.
    case yaml
    /// JSON.
    case json

    /// Returns the form of a file by its name; nil for the name of another file.
    package init?(fileName: String) {
        switch fileName.split(separator: ".").last {
        case "yaml", "yml": self = .yaml
        case "json": self = .json
        default: return nil
        }
    }

    /// Returns the bytes of a document in this form. They end with a line feed.
    package func bytes(of document: JSON) throws(Failure) -> [UInt8] {
        switch self {
        case .json: document.pretty
        case .yaml: Array(try document.yaml.utf8)
        }
    }

    /// Reads a document in this form.
    package func document(_ bytes: [UInt8]) throws(DocumentError) -> JSON {
        switch self {
        case .json: try JSON(document: bytes)
        case .yaml: try JSON(yaml: bytes)
        }
    }
}

extension JSON {
    /// Reads a JSON document. The error has the line and the column of the first fault.
    package init(document bytes: [UInt8]) throws(DocumentError) {
        do {
            self = try JSON(parsing: bytes)
        } catch {
            let before = bytes.prefix(error.offset)
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            throw DocumentError(
                reason: "\(error.reason)",
                line: before.count { $0 == UInt8(ascii: "\n") } + 1,
                column: before.count - lineStart + 1
            )
        }
    }
}
