import Randomness

extension FuzzRequest {
    mutating func mutateToken(_ random: inout SplitMix) {
        guard var value = self["Authorization"], value.count > 8 else {
            return fields.append(("Authorization", Array("Bearer \(String(repeating: "A", count: 43))".utf8)))
        }
        let place = 7 + random.number(below: value.count - 7)
        switch random.number(below: 12) {
        case 0: value[place] ^= 1
        case 1: value.removeSubrange(place...)
        case 2: value += random.bytes(upTo: 30).map { [10, 13].contains($0) ? 32 : $0 }
        case 3:
            value.replaceSubrange(
                0..<6,
                with: random.pick(["bearer", "BEARER", "Basic", "Digest", "", "Bearer Bearer"]).utf8
            )
        case 4: value.insert(contentsOf: random.pick([" ", "  ", "\t", ",", "\0", "\u{E9}"]).utf8, at: place)
        case 5:
            value = Array("Basic \(random.pick(["", "Og==", "Ojo=", "/////w==", "AAAA", "!!!", "eDp5", "eA=="]))".utf8)
        case 6: value = Array(value.dropFirst(7))
        case 7: value += value
        case 8: value = Array(value.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 })
        case 9: value += Array(repeating: UInt8(ascii: "="), count: random.pick([1, 4_000]))
        case 10: fields.append(("Authorization", value))
        default: return fields.removeAll { $0.name == "Authorization" }
        }
        if let index = fields.firstIndex(where: { $0.name == "Authorization" }) { fields[index].value = value }
    }
}
