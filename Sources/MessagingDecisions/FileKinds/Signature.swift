import MessagingContract

/// A signature of a kind: bytes at certain places of its files.
struct Signature: Sendable {
    /// The kind.
    let kind: KnownKind
    /// The rank among the signatures that fit a file. The highest rank wins. It compares the priority first, then the number of bits that
    /// the signature requires.
    let rank: Int
    /// The conditions, all of which must hold.
    let conditions: [Condition]
    /// The number of bytes that a file must have to fulfill all conditions.
    let length: Int

    /// A byte of files of this kind, at a place or anywhere if the place is nil. Only the bits of the mask count.
    struct Probe: Sendable {
        let place: Int?
        let byte: UInt8
        let mask: UInt8
    }

    /// A sequence of bytes at one place or anywhere in a range of places.
    struct Condition: Sendable {
        let places: ClosedRange<Int>
        let bytes: [UInt8]
        /// The bits of each byte that count; nil if all do.
        let mask: [UInt8]?
    }

    /// Reads `priority&first-last=bytes/mask&...`. Returns nil for a text of another form.
    init?(_ text: Substring, kind: KnownKind) {
        let parts = text.split(separator: "&")
        let conditions = parts.dropFirst().compactMap(Condition.init)
        guard let priority = parts.first.flatMap({ Int($0) }), conditions.count == parts.count - 1 else { return nil }
        self.kind = kind
        self.conditions = conditions
        length = conditions.reduce(0) { max($0, $1.places.lowerBound + $1.bytes.count) }
        rank = priority << 16 + conditions.reduce(0) { $0 + $1.bits }
    }

    /// The byte that best predicts whether the signature fits: the last byte at a known place, otherwise the first byte.
    var probe: Probe {
        guard let condition = conditions.first(where: { $0.places.count == 1 }) else {
            return Probe(
                place: nil,
                byte: conditions.first?.bytes.first ?? 0,
                mask: conditions.first.map { $0.mask?.first ?? .max } ?? 0
            )
        }
        return Probe(
            place: condition.places.lowerBound + condition.bytes.count - 1,
            byte: condition.bytes.last ?? 0,
            mask: condition.mask.map { $0.last ?? 0 } ?? .max
        )
    }

    /// Returns whether a file with these first bytes may be of this kind.
    func fits(_ file: UnsafeBufferPointer<UInt8>) -> Bool { conditions.allSatisfy { $0.holds(in: file) } }

    /// Returns the bytes that a file of this kind may have at a place, or nil if no condition begins there.
    func bytes(at place: Int) -> [UInt8]? {
        guard let condition = conditions.first(where: { $0.places == place...place }), let byte = condition.bytes.first
        else {
            return nil
        }
        guard let mask = condition.mask?.first else { return [byte] }
        return (UInt8.min...UInt8.max).filter { $0 & mask == byte }
    }
}

extension Signature.Condition {
    /// Reads `first-last=bytes/mask`. The parts `-last` and `/mask` are optional.
    fileprivate init?(_ text: Substring) {
        let parts = text.split(separator: "=")
        guard parts.count == 2 else { return nil }
        let places = parts[0].split(separator: "-").compactMap { Int($0) }
        let bytes = parts[1].split(separator: "/").map { [UInt8](hexadecimal: $0) }
        guard let first = places.first, let last = places.last, first <= last, let pattern = bytes.first,
            !pattern.isEmpty
        else {
            return nil
        }
        self.places = first...last
        self.bytes = pattern
        mask = bytes.count > 1 && bytes[1].count == pattern.count ? bytes[1] : nil
    }

    fileprivate var bits: Int { mask.map { $0.reduce(0) { $0 + $1.nonzeroBitCount } } ?? bytes.count * 8 }

    fileprivate func holds(in file: UnsafeBufferPointer<UInt8>) -> Bool {
        let last = Swift.min(places.upperBound, file.count - bytes.count)
        guard places.lowerBound <= last else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            guard let mask else {
                return (places.lowerBound...last).contains { place in
                    file[place] == bytes[0] && (1..<bytes.count).allSatisfy { file[place + $0] == bytes[$0] }
                }
            }
            return (places.lowerBound...last).contains { place in
                bytes.indices.allSatisfy { file[place + $0] & mask[$0] == bytes[$0] }
            }
        }
    }
}
