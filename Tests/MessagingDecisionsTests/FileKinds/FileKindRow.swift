import Foundation

/// A row of Tests/Fixtures/file-kinds.tsv, which describes its format.
struct FileKindRow: CustomStringConvertible {
    let line: Int
    let name: String
    let bytes: [UInt8]
    /// The type by the name and the bytes together.
    let mediaType: String
    /// The type by the bytes alone; nil if there is none.
    let byBytes: String?
    /// The type by the name alone; nil if there is none.
    let byName: String?

    var description: String { "line \(line), \(name)" }

    static let all: [FileKindRow] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/file-kinds.tsv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            FileKindRow($1, line: $0 + 1)
        }
    }()

    private init?(_ text: Substring, line: Int) {
        let fields = text.split(separator: "\t").map(String.init)
        guard fields.count == 5, !text.hasPrefix("#") else { return nil }
        self.line = line
        name = fields[0]
        bytes = Self.bytes(fields[1])
        mediaType = fields[2]
        byBytes = fields[3] == "-" ? nil : fields[3] == "=" ? fields[2] : fields[3]
        byName = fields[4] == "-" ? nil : fields[4] == "=" ? fields[2] : fields[4]
    }

    /// Reads ASCII and `\xNN`, each of which `{N}` repeats.
    private static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let first = rest.popFirst() {
            if first == "{" {
                let count = Int(rest.prefix { $0 != "}" }) ?? 0
                rest = rest.drop { $0 != "}" }.dropFirst()
                if let last = bytes.last { bytes += [UInt8](repeating: last, count: count - 1) }
            } else if first == "\\" {
                bytes.append(UInt8(rest.dropFirst().prefix(2), radix: 16) ?? 0)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(first.asciiValue ?? 0)
            }
        }
        return bytes
    }
}
