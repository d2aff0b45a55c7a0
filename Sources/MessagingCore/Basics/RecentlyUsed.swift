/// A cache of bounded size that drops values that were not used for long.
///
/// It has two generations of at most half the capacity. A used value moves to the young one. When the young one is full, the old one is
/// dropped. Each step takes constant time.
package struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let half: Int

    package init(capacity: Int) { half = max(1, capacity / 2) }

    /// The number of values. A value in both generations counts twice.
    var count: Int { young.count + old.count }

    /// Returns the value for a key. This counts as a use.
    package mutating func value(for key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        insert(value, for: key)
        return value
    }

    /// Adds a value. This counts as a use.
    package mutating func insert(_ value: Value, for key: Key) {
        if young.count >= half {
            old = young
            young = [:]
        }
        young[key] = value
    }

    /// Removes the value for a key.
    package mutating func removeValue(for key: Key) {
        young[key] = nil
        old[key] = nil
    }
}
