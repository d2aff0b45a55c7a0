import Foundation
import Logging
import MessagingContract
import MessagingCore
import MessagingServer

/// One line of the log. Its only line feed is at its end.
enum LogLine {
    /// Returns a JSON object: `time`, `level` and `message`, then the metadata by name. Metadata with one of these three names gets a `_`
    /// before it.
    static func json(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> [UInt8] {
        var bytes = opening(level, message)
        for (name, value) in metadata {
            bytes.append(UInt8(ascii: ","))
            JSON.writeString(["time", "level", "message"].contains(name) ? "_\(name)" : name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            value.json.write(to: &bytes)
        }
        bytes += "}\n".utf8
        return bytes
    }

    /// Returns the same object for a request, without making metadata first, since there is one line for each request.
    static func json(_ request: RequestLine) -> [UInt8] {
        var bytes = opening(.info, RequestLine.message)
        func member(_ begin: StaticString, _ text: String?) {
            guard let text else { return }
            bytes.append(begin)
            JSON.writeString(text, to: &bytes)
        }
        func member(_ begin: StaticString, _ number: Int) {
            bytes.append(begin)
            bytes.append(decimal: number)
        }
        member(#","method":"#, request.method)
        member(#","operation":"#, request.operation)
        member(#","path":"#, request.path)
        member(#","status":"#, request.status)
        member(#","duration_ms":"#, request.microseconds / 1_000)
        bytes.append(".")
        bytes.append(thousandths: request.microseconds % 1_000)
        member(#","bytes":"#, request.bytes)
        member(#","reason":"#, request.reason)
        member(#","organization":"#, request.organization)
        member(#","client":"#, request.client)
        member(#","address":"#, request.address)
        member(#","context_id":"#, request.contextID)
        bytes.append("}\n")
        return bytes
    }

    /// Returns the beginning of every object.
    private static func opening(_ level: Logger.Level, _ message: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes.append(#"{"time":""#)
        writeTime(to: &bytes)
        bytes.append(#"","level":""#)
        bytes.append(utf8Of: level.rawValue)
        bytes.append(#"","message":"#)
        JSON.writeString(message, to: &bytes)
        return bytes
    }

    /// Returns readable text. Values of more than one word are in quotation marks, as in JSON, and characters that a terminal would not
    /// show are escaped.
    static func text(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> [UInt8] {
        var time: [UInt8] = []
        writeTime(to: &time)
        var line =
            "\(String(decoding: time, as: UTF8.self)) \(level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)) "
        line += message.contains(where: isControl) ? quoted(message) : message
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let text = value.json.string ?? quoted(value.json)
            let isWord = !text.isEmpty && !text.contains { $0.isWhitespace || isControl($0) || "\"=".contains($0) }
            line += " \(name)=\(isWord || value.json.string == nil ? text : quoted(text))"
        }
        return Array("\(line.line(limit: .max))\n".utf8)
    }

    private static let clock = TextClock { String($0.wire.prefix(20)) }

    private static func writeTime(to bytes: inout [UInt8]) {
        let (text, millisecond) = clock.now
        bytes.append(utf8Of: text)
        bytes.append(thousandths: Int(millisecond))
        bytes.append("Z")
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static func quoted(_ text: String) -> String { quoted(.string(text)) }
    private static func quoted(_ value: JSON) -> String { String(decoding: value.bytes, as: UTF8.self) }
}

extension [UInt8] {
    /// Appends a number below 1,000 in three digits.
    fileprivate mutating func append(thousandths number: Int) {
        if number < 100 { append("0") }
        if number < 10 { append("0") }
        append(decimal: number)
    }
}

extension Logger.MetadataValue {
    /// The value as JSON: a number as a number, a list or dictionary as such, and every other value as text.
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
