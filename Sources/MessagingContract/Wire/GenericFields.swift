import Synchronization

/// The fields of generic types, created once for each type. A generic type cannot have stored static properties.
enum GenericFields {
    private final class Fields<Owner: Sendable>: Sendable {
        let all: [Field<Owner>]
        init(_ all: [Field<Owner>]) { self.all = all }
    }

    private static let known = Mutex<[ObjectIdentifier: any AnyObject & Sendable]>([:])

    /// Returns the fields of `Owner`. `make` creates them at the first call.
    static func of<Owner: Sendable>(_ owner: Owner.Type, _ make: () -> [Field<Owner>]) -> [Field<Owner>] {
        let key = ObjectIdentifier(owner)
        if let fields = known.withLock({ $0[key] }) as? Fields<Owner> { return fields.all }
        let fields = Fields(make())
        known.withLock { $0[key] = fields }
        return fields.all
    }
}
