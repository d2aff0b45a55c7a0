extension String {
    /// Returns the text as one line that a terminal shows as it is: control and format characters, escapes of a terminal among them, and
    /// separators of lines and paragraphs become `\u{1B}`. Of more than `limit` Unicode scalars the middle is left out.
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
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                self += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: unicodeScalars.append(scalar)
            }
        }
    }
}
