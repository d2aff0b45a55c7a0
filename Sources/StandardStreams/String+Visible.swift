extension String {
    /// The text as one line that a terminal shows as it is. Control and format characters, among them the escape character and the marks of
    /// text direction, and separators of lines are escaped, such as `\u{1B}`. The joiners U+200C and U+200D stay, since Persian words and many
    /// emoji are written with them.
    package var visible: String {
        guard !unicodeScalars.allSatisfy(\.isVisible) else { return self }
        var line = ""
        for scalar in unicodeScalars {
            if scalar.isVisible {
                line.unicodeScalars.append(scalar)
            } else {
                line += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return line
    }
}

extension Unicode.Scalar {
    /// Whether a terminal shows the character without an effect on anything else.
    package var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .format: isJoiner
        case .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// Whether the character is U+200C or U+200D, which decide whether their neighbors are joined.
    package var isJoiner: Bool { value == 0x200C || value == 0x200D }
}
