extension String {
    /// Returns the text as one line that a terminal shows unchanged. It escapes control and format characters (including the escape
    /// character of terminals), line separators and paragraph separators, such as `\u{1B}`. The middle of a text of more than `limit`
    /// Unicode scalars is left out.
    package func line(limit: Int = 1_000) -> String {
        let scalars = unicodeScalars
        var line = ""
        guard scalars.count > limit else {
            line.append(visible: scalars[...])
            return line
        }
        line.append(visible: scalars.prefix(limit * 2 / 3))
        line += " ... "
        line.append(visible: scalars.suffix(limit / 3))
        return line
    }

    private mutating func append(visible scalars: Substring.UnicodeScalarView) {
        for scalar in scalars {
            if scalar.isPlain {
                unicodeScalars.append(scalar)
            } else {
                self += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
    }
}

extension Unicode.Scalar {
    /// Whether a line may have the character unescaped: it is no control or format character and separates no lines. The joiners U+200C and
    /// U+200D are allowed, since Persian words and many emoji are written with them.
    var isPlain: Bool {
        switch properties.generalCategory {
        case .control, .format: isJoiner
        case .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    var isJoiner: Bool { value == 0x200C || value == 0x200D }
}
