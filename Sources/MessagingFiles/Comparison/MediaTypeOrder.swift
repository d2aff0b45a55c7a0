import MessagingDecisions
import MessagingSDK

/// Compares lists of media types by their meaning.
enum MediaTypeOrder {
    /// Returns whether two lists have the same entries, and whether entries that let the same type pass are in the same order. Only their order
    /// has a meaning: the first of them decides.
    static func isSame(_ one: [JSON], _ other: [JSON]) -> Bool {
        guard one != other else { return true }
        guard one.count == other.count, sorted(one) == sorted(other) else { return false }
        return order(one) == order(other)
    }

    /// Returns the same list for two lists that mean the same, and different lists for others; but two lists that mean the same and have entries
    /// that overlap may return different ones.
    static func key(_ list: [JSON]) -> [JSON] { overlaps(list) ? list : sorted(list) }

    /// Returns whether an entry lets a type pass that another one lets pass too.
    private static func overlaps(_ list: [JSON]) -> Bool {
        let patterns = Set(list.compactMap { $0["type"]?.string.flatMap(MediaTypePattern.init) })
        if patterns.contains(.everything) { return patterns.count > 1 }
        return patterns.contains { pattern in
            guard case .type(let type) = pattern, let slash = type.firstIndex(of: "/") else { return false }
            return patterns.contains(.range(String(type[...slash])))
        }
    }

    /// Returns the entries in an order that depends only on what they are.
    private static func sorted(_ list: [JSON]) -> [JSON] {
        list.map { ($0, Array($0.bytes)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    /// Returns, for each range such as `image/*` and `*/*`, how many of the entries that it overlaps come before it and which.
    private static func order(_ list: [JSON]) -> [MediaTypePattern: Set<MediaTypePattern>] {
        let patterns = list.compactMap { $0["type"]?.string.flatMap(MediaTypePattern.init) }
        var order: [MediaTypePattern: Set<MediaTypePattern>] = [:]
        var seen: Set<MediaTypePattern> = []
        var seenByRange: [String: Set<MediaTypePattern>] = [:]
        for pattern in patterns where seen.insert(pattern).inserted {
            switch pattern {
            case .everything: order[pattern] = seen
            case .range(let range): order[pattern] = seenByRange[range] ?? []
            case .type(let type):
                guard let slash = type.firstIndex(of: "/") else { continue }
                seenByRange[String(type[...slash]), default: []].insert(pattern)
            }
        }
        return order
    }
}
