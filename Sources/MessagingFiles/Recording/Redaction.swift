import MessagingSDK

/// Replaces what a recording must not have: secrets, and personal data. The same value always gets the same placeholder, so that a recording
/// still shows which values are the same.
package struct Redaction {
    private static let secrets: Set<String> = Secrets.names.union([
        "access_token", "refresh_token", "client_secret", "clientSecret", "secret", "password", "token",
        "authorization",
    ])
    /// Members of users, whose values are personal data.
    private static let personal: Set<String> = [
        "email", "username", "displayName", "address", "phoneNumber", "remoteAddress", "ipAddress",
    ]

    private var placeholders: [String: String] = [:]

    /// Creates a redaction without placeholders.
    package init() {}

    /// Returns an exchange without secrets and personal data.
    package mutating func redacted(_ exchange: RecordedExchange) -> RecordedExchange {
        var exchange = exchange
        exchange.path = text(exchange.path)
        let isUser = exchange.path.hasPrefix("/api/v2/users")
        exchange.request = exchange.request.map { value($0, isUser: isUser) }
        exchange.response = exchange.response.map { value($0, isUser: isUser) }
        return exchange
    }

    private mutating func value(_ value: JSON, isUser: Bool) -> JSON {
        switch value {
        case .string(let text): return .string(self.text(text))
        case .array(let elements): return .array(elements.map { self.value($0, isUser: isUser) })
        case .object(let members):
            return .object(JSON.Object(members.map { name, value in (name, member(name, value, isUser: isUser)) }))
        default: return value
        }
    }

    private mutating func member(_ name: String, _ value: JSON, isUser: Bool) -> JSON {
        if Self.secrets.contains(name) {
            if let members = value.object { return .object(JSON.Object(members.map { ($0.name, Secrets.mask) })) }
            return value.isNull ? value : Secrets.mask
        }
        let isPersonal = Self.personal.contains(name) || isUser && name == "name"
        if isPersonal, let text = value.string { return .string(placeholder(text, "person")) }
        return self.value(value, isUser: isUser || ["createdBy", "modifiedBy", "updatedBy", "user"].contains(name))
    }

    /// Returns a text whose e-mail addresses are replaced. A text is looked through once, from one `@` to the next.
    private mutating func text(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let at = rest.firstIndex(of: "@") {
            let before = rest[..<at]
            let start =
                before.lastIndex { !Self.isPartOfAddress($0) }.map { before.index(after: $0) } ?? before.startIndex
            let behind = rest[rest.index(after: at)...]
            let end = behind.firstIndex { !Self.isPartOfAddress($0) } ?? behind.endIndex
            guard start < at, end > behind.startIndex else {
                result += rest[...at]
                rest = behind
                continue
            }
            result += before[..<start] + placeholder(String(rest[start..<end]), "address") + "@example.invalid"
            rest = rest[end...]
        }
        return result + rest
    }

    private static func isPartOfAddress(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || ".-_+%'".contains(character)
    }

    private mutating func placeholder(_ value: String, _ kind: String) -> String {
        if let placeholder = placeholders[value] { return placeholder }
        let placeholder = "\(kind)-\(placeholders.count + 1)"
        placeholders[value] = placeholder
        return placeholder
    }
}
