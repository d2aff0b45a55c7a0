import MessagingSDK

/// The names of environment variables in place of the secrets of integrations.
struct SecretPlaceholders {
    private let environment: [String: String]
    private let form: (String) -> String
    private var used: Set<String> = []

    /// Creates placeholders. `environment` tells whether a variable of a file still has the value of the organization. `form` returns the variable
    /// for a new name, such as `INTEGRATION_CHAT_SECRET_TOKEN`.
    init(_ environment: [String: String], form: @escaping (String) -> String = { $0 }) {
        self.environment = environment
        self.form = form
    }

    /// The names of the variables that were written.
    var variables: [String] { used.sorted() }

    /// Returns an object without secrets. What its present file has for a secret stays, unless that is known to be another value.
    mutating func replacing(in object: ConfiguredObject, _ present: ConfiguredObject?) -> ConfiguredObject {
        guard object.members["outboundNotificationWebhookUrl"] != nil else { return object }
        var object = object
        let token = "outboundNotificationWebhookSignatureSecretToken"
        let start = "INTEGRATION_\(Self.word(object.label))"
        object.members[token] = placeholder(nil, present?.members[token], "\(start)_SECRET_TOKEN")
        guard let headers = object.members["webhookHeaders"]?.object else { return object }
        object.members["webhookHeaders"] = .object(
            JSON.Object(
                headers.map { name, value in
                    let present = present?.members["webhookHeaders"]?[name]
                    return (name, placeholder(value, present, "\(start)_HEADER_\(Self.word(name))"))
                }
            )
        )
        return object
    }

    private mutating func placeholder(_ value: JSON?, _ present: JSON?, _ name: String) -> JSON {
        if let present {
            guard let variable = SecretReference.variable(present) else {
                return value == nil || present == value ? present : new(name)
            }
            if value == nil || environment[variable] == nil || environment[variable].map({ .string($0) }) == value {
                used.insert(variable)
                return present
            }
        }
        return new(name)
    }

    private mutating func new(_ name: String) -> JSON {
        var (variable, number) = (form(name), 1)
        while !used.insert(variable).inserted {
            number += 1
            variable = form("\(name)_\(number)")
        }
        return SecretReference.value(variable)
    }

    private static func word(_ text: String) -> String {
        String(text.uppercased().map { $0.isASCIILetterOrDigit ? $0 : "_" })
    }
}
