import MessagingSDK

/// The names of environment variables in place of the secrets of integrations.
struct SecretPlaceholders {
    private static let token = "outboundNotificationWebhookSignatureSecretToken"

    private let environment: [String: String]
    private let form: (String) -> String
    private var taken: Set<String>
    private var numbers: [String: Int] = [:]
    private var written: Set<String> = []

    /// Creates placeholders. `environment` shows whether a variable of a file still has the value of the organization. No new name is one of
    /// `taken`, which must have the variables of all files that are written again. `form` returns the variable for a new name, such as
    /// `INTEGRATION_CHAT_SECRET_TOKEN`.
    init(_ environment: [String: String], taken: Set<String>, form: @escaping (String) -> String = { $0 }) {
        self.environment = environment
        self.taken = taken
        self.form = form
    }

    /// The names of the variables that were written.
    var variables: [String] { written.sorted() }

    /// Returns the variables that objects of files name.
    static func variables(of objects: some Sequence<ConfiguredObject>) -> Set<String> {
        var variables: Set<String> = []
        for object in objects {
            let headers = object.members["webhookHeaders"]?.object.map { $0.map { $0.value } } ?? []
            for secret in [object.members[token]].compactMap(\.self) + headers {
                if let variable = SecretReference.variable(secret) { variables.insert(variable) }
            }
        }
        return variables
    }

    /// Returns objects without secrets. What their present files have for a secret stays, unless that is known to be another value.
    mutating func replacing(in objects: [ConfiguredObject], _ present: [ConfiguredObject]) -> [ConfiguredObject] {
        zip(objects, PresentObjects.matching(objects, in: present)).map { object, present in
            replacing(in: object, present)
        }
    }

    private mutating func replacing(in object: ConfiguredObject, _ present: ConfiguredObject?) -> ConfiguredObject {
        guard object.members["outboundNotificationWebhookUrl"] != nil else { return object }
        var object = object
        let start = "INTEGRATION_\(Self.word(object.label))"
        object.members[Self.token] = placeholder(nil, present?.members[Self.token], "\(start)_SECRET_TOKEN")
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
                written.insert(variable)
                return present
            }
        }
        return new(name)
    }

    private mutating func new(_ name: String) -> JSON {
        var number = numbers[name] ?? 1
        var variable = form(number == 1 ? name : "\(name)_\(number)")
        while !taken.insert(variable).inserted {
            number += 1
            variable = form("\(name)_\(number)")
        }
        numbers[name] = number
        written.insert(variable)
        return SecretReference.value(variable)
    }

    private static func word(_ text: String) -> String {
        String(text.uppercased().map { $0.isASCIILetterOrDigit ? $0 : "_" })
    }
}
