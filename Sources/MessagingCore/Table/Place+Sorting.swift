extension Place {
    /// The places in ascending order.
    ///
    /// Most pairs are told apart by an integer: the eight bytes of the name behind what all names begin with.
    static func sorted(_ places: [Place]) -> [Place] {
        guard let first = places.first else { return [] }
        let shared = places.reduce(first.name.utf8.count) { min($0, first.name.sharedBytes(with: $1.name)) }
        var keys = places.indices.map { (bytes: places[$0].name.eightBytes(from: shared), index: $0) }
        keys.sort { left, right in
            left.bytes == right.bytes ? places[left.index] < places[right.index] : left.bytes < right.bytes
        }
        return keys.map { places[$0.index] }
    }
}
