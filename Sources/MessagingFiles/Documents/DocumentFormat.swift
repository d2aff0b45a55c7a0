package import MessagingSDK

/// A form in which documents are written.
package enum DocumentFormat: String, CaseIterable {
    /// YAML 1.2, with its core schema.
    case yaml
    /// JSON.
    case json

    /// Returns the form of a file by the end of its name, in any letter case; nil for the name of another file.
    package init?(fileName: String) {
        switch fileName.split(separator: ".").last?.lowercased() {
        case "yaml", "yml": self = .yaml
        case "json": self = .json
        default: return nil
        }
    }

    /// Returns the form of a text by its first character: a JSON document of objects begins with a brace or a bracket. A list in YAML may, too,
    /// and is read as JSON.
    package init(text: [UInt8]) {
        let first = text.withoutByteOrderMark.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        self = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .yaml
    }

    /// Returns the bytes of a document in this form. They end with a line feed.
    package func bytes(of document: JSON) throws(Failure) -> [UInt8] {
        switch self {
        case .json: document.pretty
        case .yaml: Array(try document.yaml.utf8)
        }
    }

    /// Reads a document in this form. A byte order mark before it is skipped.
    package func document(_ bytes: [UInt8]) throws(DocumentError) -> JSON {
        let bytes = Array(bytes.withoutByteOrderMark)
        return switch self {
        case .json: try JSON(document: bytes)
        case .yaml: try JSON(yaml: bytes)
        }
    }
}

extension JSON {
    /// Reads a JSON document. The error has the line and the column of the first fault, which counts characters.
    package init(document bytes: [UInt8]) throws(DocumentError) {
        do {
            self = try JSON(parsing: bytes)
        } catch {
            let before = bytes.prefix(error.offset)
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            throw DocumentError(
                reason: "\(error.reason)",
                line: before.count { $0 == UInt8(ascii: "\n") } + 1,
                column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
            )
        }
    }
}

extension [UInt8] {
    /// The bytes of a text without a byte order mark at its beginning.
    fileprivate var withoutByteOrderMark: ArraySlice<UInt8> {
        starts(with: [0xEF, 0xBB, 0xBF]) ? self[3...] : self[...]
    }
}
