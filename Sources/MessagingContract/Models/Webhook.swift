/// The rules for the webhook of an integration. All limits but the least length of the token are our own.
package enum Webhook {
    /// The URL to which messages are sent.
    package static let url = Constraint.text(
        0...longestURL,
        pattern: WebhookURL.pattern,
        examples: ["https://messaging.example.com/outbound"],
        matches: WebhookURL.matches
    ) { _ in
        .constraint(
            "must be an https URL (RFC 3986) of at most \(longestURL) characters, without user and fragment"
        )
    }

    /// The secret with which messages are signed.
    static let token = Constraint.text(
        tokenLength,
        refusal: { _ in
            let (least, most) = (tokenLength.lowerBound, tokenLength.upperBound)
            return .constraint("must be longer than \(least - 1) characters, and at most \(most)")
        }
    )

    /// The header fields of messages. No keyword can express that two names must differ in more than letter case.
    static let headers = Constraint<[String: String]>([
        "maxProperties": JSON(integerLiteral: mostHeaders), "propertyNames": .object(name.keywords),
        "additionalProperties": Schema(["type": "string"]).with(value.keywords).json,
    ]) { (headers) throws(FieldError) in
        guard headers.count <= mostHeaders else {
            throw FieldError(reason: .constraint("must not have more than \(mostHeaders) members"))
        }
        var names: Set<String> = []
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            try Self.name.check(name)
            guard names.insert(name.lowercased()).inserted else {
                let sentence =
                    "must not have names that differ in letter case only, but has a second \"\(name.shortened)\""
                throw FieldError(reason: .constraint(sentence))
            }
            do throws(FieldError) {
                try Self.value.check(value)
            } catch {
                throw error.within(name)
            }
        }
    }

    private static let name = Constraint.text(
        0...256,
        pattern: "[\(UInt8.tokenClass)]+",
        matches: { !$0.isEmpty && $0.utf8.allSatisfy(\.isToken) },
        refusal: { .constraint("must have valid names of HTTP header fields only, but has \"\($0.shortened)\"") }
    ).and(notReserved)

    private static let notReserved = Constraint<String>([
        "not": ["pattern": .string("^(\(reserved.map(inAnyCase).joined(separator: "|")))$")]
    ]) { (name) throws(FieldError) in
        guard !reserved.contains(name.lowercased()) else {
            throw FieldError(reason: .constraint("must not have \"\(name)\", which the server sets"))
        }
    }

    private static let value = Constraint.text(
        0...longestValue,
        pattern: #"[\t -~]*"#,
        matches: { $0.utf8.allSatisfy { $0 == 0x09 || (0x20...0x7E).contains($0) } },
        refusal: { _ in
            .constraint("must have only visible ASCII characters, spaces and tabs, at most \(longestValue)")
        }
    )

    private static let longestURL = 2_048
    private static let tokenLength = 16...1_024
    private static let mostHeaders = 50
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
}

extension Field {
    /// Returns the member for the URL to which outbound messages are sent.
    package static func webhookURL(_ path: any WritableKeyPath<Owner, String> & Sendable) -> Field {
        .required(
            "outboundNotificationWebhookUrl",
            path,
            "The https URL to which outbound messages are sent",
            constraint: Webhook.url
        )
    }
}
