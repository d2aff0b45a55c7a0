package import MessagingSDK

/// The members of objects that are secrets. Their values never appear in the output.
package enum Secrets {
    /// The names of the members.
    package static let names = OpenIntegrationSecrets.names
    /// The value that stands for a secret.
    package static let mask: JSON = "redacted"

    /// Returns an object of the API without the values of its secrets. A value that the API itself has masked with `masked` stays.
    package static func redacted(_ object: JSON, except masked: JSON? = nil) -> JSON {
        guard var members = object.object else { return object }
        func redacted(_ value: JSON) -> JSON { value == masked ? value : mask }
        for name in names {
            guard let value = members[name], !value.isNull else { continue }
            members[name] =
                value.object.map { .object(JSON.Object($0.map { ($0.name, redacted($0.value)) })) } ?? redacted(value)
        }
        return .object(members)
    }

    /// Returns whether a value is one that was redacted.
    package static func isRedacted(_ value: JSON) -> Bool {
        value == mask || value.object.map { !$0.isEmpty && $0.allSatisfy { $0.value == mask } } ?? false
    }

    /// Returns whether some of the values in an object were redacted.
    package static func isPartlyRedacted(_ value: JSON) -> Bool {
        (value.object ?? [:]).contains { $0.value == mask } && !isRedacted(value)
    }
}
