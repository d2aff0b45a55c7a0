/// An object with secrets. Its descriptions and its mirror show all members but redact the secrets.
public protocol RedactedObject: WireObject, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension RedactedObject {
    public var description: String {
        var members = json.object ?? [:]
        for name in OpenIntegrationSecrets.names where members[name] != nil { members[name] = "redacted" }
        return "\(Self.self)\(String(decoding: JSON.object(members).bytes, as: UTF8.self))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["redacted": description]) }
}

extension OpenIntegrationSecrets {
    /// The names of the secret members, at any place.
    public static let names = Set(fields.map(\.name))
}

extension OpenIntegration: RedactedObject {}
extension OpenIntegrationRequest: RedactedObject {}
extension OpenIntegrationSecrets: RedactedObject {}
