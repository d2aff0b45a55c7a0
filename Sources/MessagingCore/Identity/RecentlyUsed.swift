/// A cache of bounded size that forgets what has not been used for long.
///
/// It keeps two generations of at most half the capacity: a value that is used moves to the young one, and when that is full
/// the old one is dropped. Each step takes constant time.
package struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let half: Int

    package init(capacity: Int) { half = max(1, capacity / 2) }

    /// How many values it holds, those counted twice that are in both generations.
    var count: Int { young.count + old.count }

    /// The value for a key, which counts as used.
    package mutating func value(for key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        insert(value, for: key)
        return value
    }

    /// Keeps a value, which counts as used.
    package mutating func insert(_ value: Value, for key: Key) {
        if young.count >= half {
            old = young
            young = [:]
        }
        young[key] = value
    }

    /// Forgets the value for a key.
    package mutating func removeValue(for key: Key) {
        young[key] = nil
        old[key] = nil
    }
}
