import MessagingSDK

/// Finds out which objects of two configurations are the same object.
struct Pairing {
    /// An object on both sides, or on one of them.
    struct Pair {
        var before: ConfiguredObject?
        var after: ConfiguredObject?
    }

    /// The pairs, in the order of the objects afterwards, and then those that are only before.
    private(set) var pairs: [Pair] = []
    /// The names that several objects have, so that it cannot be decided which are the same.
    private(set) var ambiguous: [String] = []

    /// Pairs the objects of a kind: first by id, then by name. Of several objects with a name, those with the same content are paired. If
    /// one is left then on each side, these are paired too; otherwise the name is ambiguous.
    init(_ before: [ConfiguredObject], _ after: [ConfiguredObject], _ meaning: Meaning) {
        var partners = [ConfiguredObject?](repeating: nil, count: after.count)
        var rest = Dictionary(
            before.enumerated().map { ($1.id ?? "#\($0)", $1) },
            uniquingKeysWith: { first, _ in first }
        )
        for (place, object) in after.enumerated() {
            if let id = object.id { partners[place] = rest.removeValue(forKey: id) }
        }
        var unpaired: [String: [ConfiguredObject]] = [:]
        for (place, object) in before.enumerated() where rest[object.id ?? "#\(place)"] != nil {
            unpaired[object.name, default: []].append(object)
        }
        let open = Dictionary(grouping: after.indices.filter { partners[$0] == nil }) { after[$0].name }
        for (name, places) in open {
            guard let candidates = unpaired[name] else { continue }
            unpaired[name] = Self.pair(places, after, candidates, meaning, &partners)
            let left = places.count { partners[$0] == nil }
            if left > 0, unpaired[name]?.isEmpty == false { ambiguous.append(name) }
        }
        pairs = zip(partners, after).map { Pair(before: $0, after: $1) }
        let kept = Set(unpaired.values.joined().map(\.label))
        pairs += before.filter { kept.contains($0.label) }.map { Pair(before: $0) }
        ambiguous.sort()
    }

    /// Pairs the objects with one name. Returns those that are left of the candidates.
    private static func pair(
        _ places: [Int],
        _ after: [ConfiguredObject],
        _ candidates: [ConfiguredObject],
        _ meaning: Meaning,
        _ partners: inout [ConfiguredObject?]
    ) -> [ConfiguredObject] {
        if places.count == 1, candidates.count == 1 {
            partners[places[0]] = candidates[0]
            return []
        }
        var byContent = Dictionary(grouping: candidates.reversed()) { meaning.key($0.members) }
        var open: [Int] = []
        for place in places {
            guard let same = byContent[meaning.key(after[place].members)]?.popLast() else {
                open.append(place)
                continue
            }
            partners[place] = same
        }
        let paired = Set(places.compactMap { partners[$0]?.label })
        let left = candidates.filter { !paired.contains($0.label) }
        guard left.count == 1, open.count == 1 else { return left }
        partners[open[0]] = left[0]
        return []
    }
}
