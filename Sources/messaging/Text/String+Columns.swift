extension String {
    /// The number of columns that the text takes on a terminal.
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// Returns the text if it takes at most `limit` columns, or its beginning and an ellipsis that take no more.
    func shortened(to limit: Int) -> String {
        guard columns > limit else { return self }
        var start = ""
        var width = 1
        for character in self {
            width += character.columns
            if width > limit { break }
            start.append(character)
        }
        return start + "…"
    }

    /// Returns the text with spaces behind it, so that it takes at least `count` columns.
    func padded(to count: Int) -> String { self + String(repeating: " ", count: max(0, count - columns)) }

    /// The text without the spaces at its end.
    var withoutEndSpaces: String { String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)]) }
}

extension Character {
    /// The number of columns of the character: 0 for a lone mark, 2 for a wide character of East Asia and for an emoji, otherwise 1.
    fileprivate var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if first.properties.isEmojiPresentation || unicodeScalars.contains(Self.emojiStyle) { return 2 }
        return Self.wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The selector that shows the character before it as an emoji.
    private static let emojiStyle: Unicode.Scalar = "\u{FE0F}"

    /// The ranges that are wide or full width in Unicode's East Asian Width.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
    ]
}
