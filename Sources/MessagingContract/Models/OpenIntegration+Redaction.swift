/// An object with secrets. Its descriptions and its reflection show everything but the secrets.
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
    /// The members with secrets, wherever they stand.
    public static let names = Set(fields.map(\.name))
}

extension OpenIntegration: RedactedObject {}
extension OpenIntegrationRequest: RedactedObject {}
extension OpenIntegrationSecrets: RedactedObject {}
