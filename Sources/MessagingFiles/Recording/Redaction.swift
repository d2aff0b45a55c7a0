import MessagingSDK

/// Replaces what a recording must not have: secrets, and personal data. The same value always gets the same placeholder, so that a recording
/// still shows which values are the same.
package struct Redaction {
    private static let secrets: Set<String> = Set(Secrets.names.map { $0.lowercased() }).union([
        "access_token", "accesstoken", "refresh_token", "refreshtoken", "client_secret", "clientsecret", "secret",
        "password",
        "token", "authorization", "apikey", "api_key",
    ])
    /// Members whose values are personal data, in lower case.
    private static let personal: Set<String> = [
        "email", "username", "displayname", "firstname", "lastname", "nickname", "address", "fromaddress", "toaddress",
        "phone",
        "phonenumber", "remoteaddress", "ipaddress", "text", "division",
    ]
    /// Members that have the name of a person.
    private static let persons: Set<String> = ["createdby", "modifiedby", "updatedby", "user", "users", "participants"]
    /// The parameters of a query whose values are kept.
    private static let keptParameters: Set<String> = [
        "pageSize", "pageNumber", "expand", "supportedContent.id", "messagingSetting.id", "sortOrder", "sortBy",
    ]

    private var placeholders: [String: String] = [:]

    /// Creates a redaction without placeholders.
    package init() {}

    /// Returns an exchange without secrets and personal data. Of an operation that we do not know, all texts are replaced.
    package mutating func redacted(_ exchange: RecordedExchange) -> RecordedExchange {
        var exchange = exchange
        let isKnown = RecordedOperation.find(exchange) != nil
        let isUser = exchange.path.hasPrefix("/api/v2/users")
        exchange.path = Self.path(exchange.path)
        for (name, text) in exchange.headers { exchange.headers[name] = self.text(text) }
        exchange.request = exchange.request.map { isKnown ? value($0, isUser: isUser) : Self.withoutTexts($0) }
        exchange.response = exchange.response.map { isKnown ? value($0, isUser: isUser) : Self.withoutTexts($0) }
        return exchange
    }

    /// Returns a path whose query has only the values of parameters that are known to be harmless. A path with an e-mail address is replaced.
    private static func path(_ path: String) -> String {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard !parts[0].contains("@"), !parts[0].contains("%40") else { return "/redacted" }
        guard parts.count == 2 else { return path }
        let query = parts[1].split(separator: "&").map { parameter in
            let name = parameter.prefix { $0 != "=" }
            return keptParameters.contains(String(name)) ? String(parameter) : "\(name)=redacted"
        }
        return "\(parts[0])?\(query.joined(separator: "&"))"
    }

    private static func withoutTexts(_ value: JSON) -> JSON {
        switch value {
        case .string: Secrets.mask
        case .array(let elements): .array(elements.map(withoutTexts))
        case .object(let members): .object(JSON.Object(members.map { ($0.name, withoutTexts($0.value)) }))
        default: value
        }
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
        let word = name.lowercased()
        if Self.secrets.contains(word) {
            if let members = value.object { return .object(JSON.Object(members.map { ($0.name, Secrets.mask) })) }
            return value.isNull ? value : Secrets.mask
        }
        let isPersonal = Self.personal.contains(word) || isUser && word == "name"
        if isPersonal, let text = value.string { return .string(placeholder(text, "person")) }
        return self.value(value, isUser: isUser || Self.persons.contains(word))
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
