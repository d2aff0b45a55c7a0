/// The rules for the webhook of an integration. All limits but the least length of the token are our own.
package enum Webhook {
    fileprivate static let urlKeywords: JSON.Object = [
        "maxLength": JSON(integerLiteral: longestURL), "pattern": .string("^\(WebhookURL.pattern)$"),
        "examples": ["https://messaging.example.com/outbound"],
    ]
    static let tokenKeywords: JSON.Object = [
        "minLength": JSON(integerLiteral: tokenLength.lowerBound),
        "maxLength": JSON(integerLiteral: tokenLength.upperBound),
    ]
    static let headerKeywords: JSON.Object = [
        "maxProperties": JSON(integerLiteral: mostHeaders),
        "propertyNames": [
            "maxLength": JSON(integerLiteral: longestName), "pattern": .string("^\(name)$"),
            "not": ["pattern": .string("^(\(reserved.map(inAnyCase).joined(separator: "|")))$")],
        ],
        "additionalProperties": [
            "type": "string", "maxLength": JSON(integerLiteral: longestValue), "pattern": .string("^\(value)$"),
        ],
    ]

    /// Throws if a text is not a URL to which messages may be sent.
    package static func check(url text: String) throws(FieldError) {
        guard text.unicodeScalars.count <= longestURL, WebhookURL.matches(text) else {
            throw FieldError(
                reason: .constraint(
                    "must be an https URL as in RFC 3986, of at most \(longestURL) characters, without user and fragment"
                )
            )
        }
    }

    static func check(token: String) throws(FieldError) {
        guard tokenLength.contains(token.unicodeScalars.count) else {
            let limits = "longer than \(tokenLength.lowerBound - 1) characters, and at most \(tokenLength.upperBound)"
            throw FieldError(reason: .constraint("must be \(limits)"))
        }
    }

    static func check(headers: [String: String]) throws(FieldError) {
        guard headers.count <= mostHeaders else {
            throw FieldError(reason: .constraint("must not have more than \(mostHeaders) members"))
        }
        var names: Set<String> = []
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            guard name.utf8.count <= longestName, !name.isEmpty, name.utf8.allSatisfy(\.isToken) else {
                throw FieldError(
                    reason: .constraint("must have names that HTTP takes for fields, and one is \"\(name.shortened)\"")
                )
            }
            let lowercased = name.lowercased()
            guard !reserved.contains(lowercased) else {
                throw FieldError(reason: .constraint("must not have \"\(name)\", which the server sets"))
            }
            guard names.insert(lowercased).inserted else {
                let sentence = "must not have a name twice in upper and lower case, and has \"\(name.shortened)\""
                throw FieldError(reason: .constraint(sentence))
            }
            guard value.utf8.count <= longestValue, value.utf8.allSatisfy({ $0 == 0x09 || (0x20...0x7E).contains($0) })
            else {
                let sentence = "must have visible ASCII characters, spaces and tabs only, at most \(longestValue)"
                throw FieldError(reason: .constraint(sentence)).within(name)
            }
        }
    }

    private static let longestURL = 2_048
    private static let tokenLength = 16...1_024
    private static let mostHeaders = 50
    private static let longestName = 256
    private static let longestValue = 4_096

    /// The names of the header fields that determine how an outbound request is sent and who signed it.
    private static let reserved = [
        "host", "content-length", "transfer-encoding", "connection", "proxy-connection", "keep-alive", "upgrade", "te",
        "trailer", "expect", "x-hub-signature-256",
    ]

    /// Returns a regular expression that matches a name in any letter case.
    private static func inAnyCase(_ name: String) -> String {
        name.map { $0.isLetter ? "[\($0.uppercased())\($0)]" : String($0) }.joined()
    }

    private static let name = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
    private static let value = #"[\t -~]*"#
}

extension Field {
    /// Returns the member for the URL to which outbound messages are sent.
    package static func webhookURL(_ path: any WritableKeyPath<Owner, String> & Sendable) -> Field {
        .required(
            "outboundNotificationWebhookUrl",
            path,
            "An https URL",
            keywords: Webhook.urlKeywords,
            check: Webhook.check(url:)
        )
    }
}
