extension String {
    /// The text in quotes. Nothing in it begins an interpolation, ends the line or is invisible.
    var quoted: String {
        var result = "\""
        var previous: Unicode.Scalar?
        var beforePrevious: Unicode.Scalar?
        for scalar in unicodeScalars {
            if scalar == "{", let sign = previous, sign == "$" || sign == "%" {
                // Readers differ in what "$$${" means.
                result += beforePrevious == sign ? "\\u007b" : "\(sign){"
            } else {
                result += scalar.escaped ?? String(Character(scalar))
            }
            (beforePrevious, previous) = (previous, scalar)
        }
        return result + "\""
    }

    /// The text as a member's name: in quotes unless it is a plain word.
    var key: String {
        let isWord = unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_") }
        return isWord && !isEmpty && !["for", "if", "in", "null", "true", "false"].contains(self) ? self : quoted
    }

    /// The text without line feeds and invisible characters, for a comment.
    var onOneLine: String {
        unicodeScalars.reduce(into: "") {
            $0 += $1 == "\"" || $1 == "\\" ? String(Character($1)) : $1.escaped ?? String(Character($1))
        }
    }
}

extension Unicode.Scalar {
    /// The escape of the character in a text in quotes; nil if it stands for itself.
    fileprivate var escaped: String? {
        switch self {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
            // The joiners of Persian words and of emoji stay.
            if value == 0x200C || value == 0x200D { return nil }
            let digits = String(value, radix: 16)
            let length = value > 0xFFFF ? 8 : 4
            return "\\\(length == 8 ? "U" : "u")\(String(repeating: "0", count: length - digits.count))\(digits)"
        default: return nil
        }
    }
}
