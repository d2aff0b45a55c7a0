import MessagingFiles
import MessagingSDK

/// An object in a version that the history has.
struct PastObject<Entity: ManagedEntity> {
    /// The id.
    let id: String
    /// The version.
    let version: Int
    /// The members in that version that a client writes, without secrets.
    let members: JSON.Object
    /// The object as it is now; nil if it is deleted.
    let present: ObjectReader<Entity>.Found?
    /// Whether the version is the present one.
    let isPresent: Bool
    /// The name now, or that of a deleted object in its last version.
    let name: String

    /// The differences that its restoration makes, as far as they are not secret.
    var difference: Difference {
        Difference(from: present.map { .object(Self.members(of: $0.object)) }, to: .object(members))
    }

    /// A line for people if the restoration may change secrets, which no difference shows; nil if it does not.
    var noteOnSecrets: String? {
        mayChangeSecrets ? "~ secrets may change (their values are not shown)" : nil
    }

    /// Whether a restoration may change secrets. The history does not show them.
    var mayChangeSecrets: Bool {
        !isPresent && Entity.declared.members.contains { $0.path.first.map(Secrets.names.contains) ?? false }
    }

    /// Returns the members of an object that a client writes, without secrets.
    static func members(of object: JSON) -> JSON.Object {
        var members = RequestForm(Entity.declared).members(of: object)
        for name in Secrets.names { members[name] = nil }
        return members
    }
}
