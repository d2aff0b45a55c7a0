import Foundation
import HTTPTypes
import MessagingContract

@testable import MessagingServer

/// What the server must do with a request, found in the most obvious way: the request is split into texts, and the operations are compared
/// with its path one by one. It knows one token and one object.
struct NaiveReader {
    /// The valid token of a caller who may do everything.
    let token: String
    /// The object that exists, and its tag in quotes.
    let object: (id: String, tag: String)

    /// The outcome of a request.
    struct Outcome: Equatable, CustomStringConvertible {
        /// The id of the operation; nil if there is none.
        var operation: String?
        var status: Int

        var description: String { "\(operation ?? "none") \(status)" }
    }

    /// Returns the outcome of a GET without a body, from the text of its head. The head must be well-formed.
    func outcome(of text: String) -> Outcome {
        let lines = text.components(separatedBy: "\r\n")
        let words = lines[0].components(separatedBy: " ")
        var target = words[1]
        if let range = target.range(of: "^https?://[^/?]*", options: [.regularExpression, .caseInsensitive]) {
            target.removeSubrange(range)
            if !target.hasPrefix("/") { target = "/" + target }
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0])
        guard let (operation, ids) = operation(words[0], path) else {
            return Outcome(operation: nil, status: hasPath(path) ? 405 : 404)
        }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
            let name = line[..<colon].lowercased()
            fields[name] = fields[name].map { "\($0), \(value)" } ?? value
        }
        let query = parts.count == 2 ? String(parts[1]) : ""
        return Outcome(operation: operation.id, status: status(of: operation, ids, query, fields))
    }

    private func status(of operation: APIOperation, _ ids: [String], _ query: String, _ fields: [String: String]) -> Int
    {
        if case .bearer = operation.access {
            let words = (fields["authorization"] ?? "").split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].lowercased() == "bearer",
                words[1].trimmingCharacters(in: CharacterSet(charactersIn: " ")) == token
            else { return 401 }
        }
        var values: [String: String] = [:]
        for item in query.split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                Self.decoded($0.replacingOccurrences(of: "+", with: " "))
            }
            guard let name = pair[0], let value = pair.count == 2 ? pair[1] : "" else { return 400 }
            if values[name] == nil { values[name] = value }
        }
        for name in ["if-match", "if-none-match"] {
            if let field = fields[name], !isAny(field), !isList(field) { return 400 }
        }
        if operation.path == Self.list {
            for (name, most) in [("pageSize", 100), ("pageNumber", Int.max)] {
                guard let value = values[name], !value.isEmpty else { continue }
                guard let number = Int(value), (1...most).contains(number) else { return 400 }
            }
        }
        if operation.id == PageEndpoints.root.operation.id { return 303 }
        // No setting is the default.
        if operation.path.hasSuffix("/settings/default") { return 204 }
        guard let id = ids.first else { return 200 }
        guard id == object.id, operation.path.contains("/settings/{") else { return 404 }
        if let field = fields["if-match"], !isAny(field), !tags(field).contains(object.tag) { return 412 }
        if let field = fields["if-none-match"], isAny(field) || tags(field, weakly: true).contains(object.tag) {
            return 304
        }
        return 200
    }

    private static let operations = APIOperation.all + APIOperation.pages
    private static let list = MessagingSettingEndpoints.current.resource.list.operation.path

    /// The operation of a method and a path, with its decoded path parameters. A literal segment has precedence over a path parameter.
    private func operation(_ method: String, _ path: String) -> (APIOperation, [String])? {
        let found = Self.operations.compactMap { operation -> (APIOperation, [String])? in
            guard operation.method.rawValue == method, let ids = parameters(of: operation.path, path) else {
                return nil
            }
            return (operation, ids)
        }
        return found.min { $0.1.count < $1.1.count }
    }

    private func hasPath(_ path: String) -> Bool { Self.operations.contains { parameters(of: $0.path, path) != nil } }

    private func parameters(of template: String, _ path: String) -> [String]? {
        let (expected, given) = (template.components(separatedBy: "/"), path.components(separatedBy: "/"))
        guard expected.count == given.count else { return nil }
        var values: [String] = []
        for (segment, text) in zip(expected, given) {
            if segment.hasPrefix("{") {
                guard let value = Self.decoded(text), !["", ".", ".."].contains(value), !value.contains("\0")
                else { return nil }
                values.append(value)
            } else if segment != text {
                return nil
            }
        }
        return values
    }

    /// Returns a text without its percent escapes; nil if one is not complete, or if their bytes are not UTF-8. Foundation's function accepts
    /// some bytes that are not.
    private static func decoded(_ text: String) -> String? {
        let parts = text.components(separatedBy: "%")
        var bytes = Array(parts[0].utf8)
        for part in parts.dropFirst() {
            let digits = part.prefix(2)
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit), let byte = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(byte)
            bytes += part.dropFirst(2).utf8
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private func isAny(_ field: String) -> Bool { field.wholeMatch(of: /[ \t,]*\*/) != nil }

    private func isList(_ field: String) -> Bool { field.wholeMatch(of: /[ \t,]*((W\/)?"[^"]*"[ \t,]*)*/) != nil }

    private func tags(_ field: String, weakly: Bool = false) -> [String] {
        field.matches(of: /(W\/)?("[^"]*")/).compactMap { match in
            match.1 == nil || weakly ? String(match.2) : nil
        }
    }
}
