extension String {
    /// The string, escaped for text and attributes in HTML.
    var escapedForHTML: String {
        // By scalars: a character may be one of these with a combining mark.
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
