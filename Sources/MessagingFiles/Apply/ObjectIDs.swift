import MessagingSDK
import Synchronization

/// The ids of objects by their labels, which grow while objects are created.
final class ObjectIDs: Sendable {
    private let ids: Mutex<[String: [String: String]]>

    /// Creates a table with the ids of these objects, by the command of their kind and their label.
    init(_ ids: [String: [String: String]]) { self.ids = Mutex(ids) }

    /// Adds an object that was created.
    func add(_ id: String, _ label: String, of kind: String) { ids.withLock { $0[kind, default: [:]][label] = id } }

    /// Returns the id of an object. Throws a failure if the object does not exist, since it was not created.
    func id(_ label: String, of kind: String) throws(Failure) -> String {
        if let id = ids.withLock({ $0[kind]?[label] }) { return id }
        throw Failure(.failed, "not.created", "\"\(label)\" of \(kind), to which it refers, does not exist")
    }

    /// Returns members of a kind with ids in place of names, as requests have them.
    func resolved(_ members: JSON.Object, of kind: any ManagedEntity.Type) throws(Failure) -> JSON.Object {
        try References.replaced(in: members, of: kind) { (other, reference) throws(Failure) in
            guard let label = reference["name"]?.string else { return reference }
            return ["id": .string(try id(label, of: other))]
        }
    }
}
