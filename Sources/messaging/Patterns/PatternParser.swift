/// Reads the text of a pattern.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    /// Whether letter case does not count.
    private(set) var ignoresCase = false

    /// Creates a parser of a text.
    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// Returns the pattern.
    mutating func node() throws(PatternError) -> PatternNode {
        guard scalars.count <= Self.longest else {
            throw error("a pattern has at most \(Self.longest) characters", at: Self.longest)
        }
        ignoresCase = skip("(?i)")
        let node = try choice()
        guard position == scalars.count else { throw error("the ) has no (") }
        return node
    }

    private mutating func choice() throws(PatternError) -> PatternNode {
        var options = [try sequence()]
        while skip("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let next, next != "|", next != ")" {
            let part = try atom()
            parts.append(try repeated(part))
        }
        return .sequence(parts)
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        let start = position
        guard let scalar = take() else { return .sequence([]) }
        switch scalar {
        case ".": return .scalar(.any)
        case "^": return .place(.start)
        case "$": return .place(.end)
        case "(": return try group(at: start)
        case "[": return .scalar(try set(at: start))
        case "*", "+", "?": throw error("the \(scalar) has nothing to repeat", at: start)
        case "\\": return skip("b") ? .place(.wordBoundary) : .scalar(try escape(at: start))
        default: return .scalar(ScalarSet(scalar))
        }
    }

    private mutating func group(at start: Int) throws(PatternError) -> PatternNode {
        if !skip("?:"), next == "?" { throw error("groups with (? are not supported", at: start) }
        guard depth < Self.deepest else { throw error("groups are nested at most \(Self.deepest) deep", at: start) }
        depth += 1
        let node = try choice()
        depth -= 1
        guard skip(")") else { throw error("the ( has no )", at: start) }
        return node
    }

    private mutating func repeated(_ part: PatternNode) throws(PatternError) -> PatternNode {
        let start = position
        guard let (least, most) = try count() else { return part }
        // Whether the shortest or the longest repetition is tried first makes no difference to the result.
        _ = skip("?")
        let end = position
        if try count() != nil { throw error("the repetition has nothing to repeat", at: end) }
        if let most, most < least { throw error("the first number is larger than the second", at: start) }
        guard max(least, most ?? 0) <= Self.most else {
            throw error("a part is repeated at most \(Self.most) times", at: start)
        }
        return .repetition(part, least: least, most: most)
    }

    /// Takes the numbers of a repetition. A brace that does not begin one is a character.
    private mutating func count() throws(PatternError) -> (least: Int, most: Int?)? {
        if skip("*") { return (0, nil) }
        if skip("+") { return (1, nil) }
        if skip("?") { return (0, 1) }
        let start = position
        guard skip("{"), let least = number() else {
            position = start
            return nil
        }
        if skip("}") { return (least, least) }
        guard skip(",") else {
            position = start
            return nil
        }
        let most = number()
        guard skip("}") else {
            position = start
            return nil
        }
        return (least, most)
    }

    /// Takes digits. A number that is too large for a repetition is one more than the largest.
    private mutating func number() -> Int? {
        let start = position
        var number = 0
        while let next, ("0"..."9").contains(next) {
            number = min(number * 10 + Int(next.value) - 0x30, Self.most + 1)
            position += 1
        }
        return position == start ? nil : number
    }

    private mutating func set(at start: Int) throws(PatternError) -> ScalarSet {
        let isInverted = skip("^")
        var set = ScalarSet([])
        var isFirst = true
        while next != "]" || isFirst {
            isFirst = false
            let place = position
            let low = try member(of: start)
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.add(low)
                continue
            }
            position += 1
            let high = try member(of: start)
            guard let first = low.only, let last = high.only, first <= last else {
                throw error("the range is not one from a lower to a higher character", at: place)
            }
            set.add(ScalarSet([first...last]))
        }
        position += 1
        return isInverted ? set.inverted : set
    }

    private mutating func member(of start: Int) throws(PatternError) -> ScalarSet {
        let place = position
        guard let scalar = take() else { throw error("the [ has no ]", at: start) }
        guard scalar == "\\" else { return ScalarSet(scalar) }
        if let next, "DWS".unicodeScalars.contains(next) {
            throw error("\\\(next) is not supported inside [ ]", at: place)
        }
        return try escape(at: place)
    }

    private mutating func escape(at start: Int) throws(PatternError) -> ScalarSet {
        guard let scalar = take() else { throw error("the \\ has no character after it", at: start) }
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .words
        case "W": return ScalarSet.words.inverted
        case "s": return .spaces
        case "S": return ScalarSet.spaces.inverted
        case "t": return ScalarSet("\t")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        default:
            guard !ScalarSet.words.contains(scalar, ignoringCase: false) else {
                throw error("\\\(scalar) is not supported", at: start)
            }
            return ScalarSet(scalar)
        }
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take() -> Unicode.Scalar? {
        guard let next else { return nil }
        position += 1
        return next
    }

    private mutating func skip(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private func error(_ reason: String, at offset: Int? = nil) -> PatternError {
        PatternError(reason: reason, offset: offset ?? position)
    }

    /// The largest number of characters.
    private static let longest = 1_000
    /// The largest depth of groups.
    private static let deepest = 50
    /// The largest number of repetitions.
    private static let most = 100
}

extension ScalarSet {
    /// The only character of the set; nil for several.
    fileprivate var only: UInt32? { ranges.count == 1 && ranges[0].count == 1 ? ranges[0].lowerBound : nil }
}
