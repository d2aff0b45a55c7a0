extension Sequence<String> {
    /// Returns the text that a person most likely meant by `text`: one that begins with it, or one with few other letters. Letter case does
    /// not count. Returns nil if no text is near, or if the text is too long for a name.
    package func nearest(to text: String) -> String? {
        guard text.utf8.count <= 1_000 else { return nil }
        let wanted = Array(text.lowercased())
        let limit = Swift.max(2, wanted.count / 3)
        var best: (text: String, distance: Int)?
        for candidate in self {
            let letters = Array(candidate.lowercased())
            guard let distance = distance(wanted, letters, limit: limit), distance < best?.distance ?? .max else {
                continue
            }
            best = (candidate, distance)
        }
        return best?.text
    }
}

/// Returns the number of letters to insert, remove, replace or swap with their neighbor to get from one word to the other, or 1 if the second
/// word begins with the first. Returns nil if that is more than `limit`, or a whole word.
private func distance(_ one: [Character], _ other: [Character], limit: Int) -> Int? {
    if one.count > 2, other.starts(with: one) { return one.count == other.count ? 0 : 1 }
    guard abs(one.count - other.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for row in one.indices {
        var next = [row + 1]
        for column in other.indices {
            let isSame = one[row] == other[column]
            var cost = Swift.min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, next[column] + 1)
            if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
                cost = Swift.min(cost, beforeLast[column - 1] + 1)
            }
            next.append(cost)
        }
        (beforeLast, last) = (last, next)
    }
    let distance = last[other.count]
    return distance <= limit && distance < Swift.max(one.count, other.count) ? distance : nil
}
