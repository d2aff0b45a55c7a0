package import MessagingSDK

/// The members of objects that are secrets. Their values never appear in the output.
package enum Secrets {
    /// The names of the members.
    package static let names = OpenIntegrationSecrets.names
    /// The value that stands for a secret.
    package static let mask: JSON = "redacted"

    /// Returns an object of the API without the values of its secrets.
    package static func redacted(_ object: JSON) -> JSON {
        guard var members = object.object else { return object }
        for name in names {
            guard let value = members[name], !value.isNull else { continue }
            members[name] = value.object.map { .object(JSON.Object($0.map { ($0.name, mask) })) } ?? mask
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
