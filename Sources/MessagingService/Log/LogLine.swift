import Foundation
import Logging
import MessagingContract

/// One line of the log, with the line feed at its end and no other.
enum LogLine {
    typealias Writer = @Sendable (Logger.Level, String, Logger.Metadata) -> [UInt8]

    /// A JSON object: `time`, `level` and `message`, then the metadata by name. What has one of those three names gets a `_` before it.
    @Sendable static func json(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> [UInt8] {
        var object: JSON.Object = [
            "time": .string(Date().wire), "level": .string(level.rawValue), "message": .string(message),
        ]
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            object[["time", "level", "message"].contains(name) ? "_\(name)" : name] = value.json
        }
        return JSON.object(object).bytes + [lineFeed]
    }

    /// Text for people: what is more than a word stands in quotation marks, as in JSON.
    @Sendable static func text(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> [UInt8] {
        var line = "\(Date().wire) \(level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)) "
        line += message.contains(where: isControl) ? quoted(message) : message
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let text = value.json.string ?? quoted(value.json)
            let isWord = !text.isEmpty && !text.contains { $0.isWhitespace || isControl($0) || "\"=".contains($0) }
            line += " \(name)=\(isWord || value.json.string == nil ? text : quoted(text))"
        }
        return Array(line.utf8) + [lineFeed]
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static func quoted(_ text: String) -> String { quoted(.string(text)) }
    private static func quoted(_ value: JSON) -> String { String(decoding: value.bytes, as: UTF8.self) }
    private static let lineFeed = UInt8(ascii: "\n")
}

extension Logger.MetadataValue {
    /// The value as JSON: numbers as numbers, all else that is no list and no dictionary as text.
    fileprivate var json: JSON {
        switch self {
        case .string(let text): .string(text)
        case .stringConvertible(let value as Int): .number(JSON.Number(value))
        case .stringConvertible(let value as Double): JSON.Number(value).map(JSON.number) ?? .null
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(\.json))
        case .dictionary(let values): .object(values.reduce(into: [:]) { $0[$1.key] = $1.value.json })
        }
    }
}
