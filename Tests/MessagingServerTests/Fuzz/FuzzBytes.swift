import Randomness

/// Mutations that ignore the meaning of the bytes.
enum FuzzBytes {
    static func mutate(_ bytes: inout [UInt8], with other: [UInt8], _ random: inout SplitMix) {
        for _ in 0...random.number(below: 4) where !bytes.isEmpty {
            let place = random.number(below: bytes.count)
            let end = min(bytes.count, place + 1 + random.number(below: random.pick([1, 8, 80])))
            switch random.number(below: 8) {
            case 0: bytes[place] ^= 1 << UInt8(random.number(below: 8))
            case 1: bytes[place] = random.pick([0, 9, 10, 13, 32, 34, 37, 45, 47, 58, 63, 92, 123, 125, 127, 128, 255])
            case 2: bytes.insert(contentsOf: random.bytes(upTo: 20), at: place)
            case 3: bytes.removeSubrange(place..<end)
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 5: bytes.removeSubrange(place...)
            case 6: bytes.replaceSubrange(place..., with: other[random.number(below: other.count)...])
            default:
                bytes.insert(
                    contentsOf: Array(random.pick(["\r\n", "\r\n\r\n", "\n", "\r", "\0", " ", ": "]).utf8),
                    at: place
                )
            }
        }
    }
}
