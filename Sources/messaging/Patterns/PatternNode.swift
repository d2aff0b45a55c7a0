/// A part of a pattern.
indirect enum PatternNode: Equatable {
    /// One character of a set.
    case scalar(ScalarSet)
    /// A place between two characters.
    case place(PatternPlace)
    /// Parts one after the other.
    case sequence([PatternNode])
    /// One of several parts.
    case choice([PatternNode])
    /// A part that occurs a number of times. `most` is nil if there is no limit.
    case repetition(PatternNode, least: Int, most: Int?)
}

/// A place between two characters of a text.
enum PatternPlace {
    /// The start of the text.
    case start
    /// The end of the text.
    case end
    /// The start or the end of a word.
    case wordBoundary

    /// Returns whether this is the place between two characters of a text. The character is nil at an end of the text.
    func isBetween(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        switch self {
        case .start: before == nil
        case .end: after == nil
        case .wordBoundary: Self.isWord(before) != Self.isWord(after)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { ScalarSet.words.contains($0, ignoringCase: false) } ?? false
    }
}
