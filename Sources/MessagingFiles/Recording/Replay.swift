package import MessagingSDK

/// Sends the requests of a recording to another host, and compares the responses: their status and the shape of their bodies. Ids of the
/// recording are replaced by those that the other host returned in the same place.
package struct Replay {
    /// The result of a request.
    package struct Result: Equatable, Sendable {
        /// The method and the path that were sent.
        package let request: String
        /// How the response differs; empty if it does not.
        package let differences: [String]
        /// Whether the request was not sent, since it names an object that the other host does not have.
        package let isSkipped: Bool
    }

    private var ids: [String: String] = [:]
    private var unmatched: Set<String> = []

    /// Creates a replay that knows no ids.
    package init() {}

    /// Sends a request of a recording, and returns the result. A request that changes something is sent only if `allowsWrites` is true, and one
    /// with redacted values is not sent. `send` gets the method, the path and the body, and returns the status and the
    /// body of the response.
    package mutating func run(
        _ exchange: RecordedExchange,
        allowsWrites: Bool = false,
        _ send: (String, String, JSON?) async throws -> (status: Int, body: JSON?)
    ) async throws -> Result {
        let path = replaced(exchange.path)
        let request = "\(exchange.method) \(path)"
        if !allowsWrites, !["GET", "HEAD"].contains(exchange.method) {
            return Result(request: request, differences: ["it changes something"], isSkipped: true)
        }
        if exchange.request.map(Self.isRedacted) ?? false {
            return Result(request: request, differences: ["the recording does not have its secrets"], isSkipped: true)
        }
        if exchange.status < 300, let id = Self.parts(exchange.path).first(where: { unmatched.contains($0) }) {
            return Result(request: request, differences: ["the host has no counterpart of \(id)"], isSkipped: true)
        }
        let response = try await send(exchange.method, path, exchange.request.map(replaced))
        var differences: [String] = []
        if response.status != exchange.status {
            differences.append("status \(response.status), recorded as \(exchange.status)")
        } else if let recorded = exchange.response {
            guard let body = response.body else {
                return Result(request: request, differences: ["there is no JSON body"], isSkipped: false)
            }
            match(recorded, body)
            differences += JSONShape(body).differences(from: JSONShape(recorded))
        }
        return Result(request: request, differences: differences, isSkipped: false)
    }

    /// Remembers which ids stand for each other: those in the same place of two documents. Elements of arrays are matched by their names, and
    /// otherwise by their places.
    private mutating func match(_ recorded: JSON, _ present: JSON) {
        if let old = recorded.array, let new = present.array {
            let named = Dictionary(new.map { ($0["name"] ?? .null, $0) }, uniquingKeysWith: { first, _ in first })
            let haveNames = old.contains { $0["name"] != nil }
            for (place, element) in old.enumerated() {
                let partner =
                    haveNames ? element["name"].flatMap { named[$0] } : new.indices.contains(place) ? new[place] : nil
                if let partner {
                    match(element, partner)
                } else if let id = element["id"]?.string, ids[id] == nil {
                    unmatched.insert(id)
                }
            }
        } else if let old = recorded.object, let new = present.object {
            if let id = old["id"]?.string, let other = new["id"]?.string {
                ids[id] = other
                unmatched.remove(id)
            }
            for (name, value) in old where name != "id" {
                if let other = new[name] { match(value, other) }
            }
        }
    }

    private static func isRedacted(_ value: JSON) -> Bool {
        switch value {
        case .array(let elements): elements.contains(where: isRedacted)
        case .object(let members): members.contains { isRedacted($0.value) }
        default: value == Secrets.mask
        }
    }

    private static func parts(_ path: String) -> [String] {
        path.split { "/?&=".contains($0) }.map(String.init)
    }

    /// Returns a path and query whose parts are replaced, each of which ends at one of `/?&=`.
    private func replaced(_ text: String) -> String {
        var (result, part) = ("", "")
        for character in text {
            if "/?&=".contains(character) {
                result += (ids[part] ?? part) + String(character)
                part = ""
            } else {
                part.append(character)
            }
        }
        return result + (ids[part] ?? part)
    }

    private func replaced(_ value: JSON) -> JSON {
        switch value {
        case .string(let text): .string(ids[text] ?? text)
        case .array(let elements): .array(elements.map(replaced))
        case .object(let members): .object(JSON.Object(members.map { ($0.name, replaced($0.value)) }))
        default: value
        }
    }
}
