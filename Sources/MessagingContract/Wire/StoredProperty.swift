/// A stored property, which is read and written at its place in the memory of its owner. An access by a key path takes some hundred
/// instructions more.
struct StoredProperty<Owner, Value>: Sendable {
    private let path: any WritableKeyPath<Owner, Value> & Sendable
    /// The offset in the memory of the owner; nil if the property is not only memory, for example if it is computed.
    private let offset: Int?

    /// Creates the property at a path.
    init(_ path: any WritableKeyPath<Owner, Value> & Sendable) {
        self.path = path
        offset = MemoryLayout<Owner>.offset(of: path)
    }

    /// Returns the value that an owner has.
    func value(of owner: Owner) -> Value {
        guard let offset else { return owner[keyPath: path] }
        return withUnsafeBytes(of: owner) { $0.load(fromByteOffset: offset, as: Value.self) }
    }

    /// Sets the value of an owner.
    func set(_ value: Value, of owner: inout Owner) {
        guard let offset else { return owner[keyPath: path] = value }
        withUnsafeMutablePointer(to: &owner) { owner in
            (UnsafeMutableRawPointer(owner) + offset).assumingMemoryBound(to: Value.self).pointee = value
        }
    }
}
