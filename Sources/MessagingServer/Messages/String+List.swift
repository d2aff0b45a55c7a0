extension String {
    /// The elements of a list in a header field (RFC 9110, section 5.6.1), without blanks around them and without empty ones.
    var listElements: [Substring] {
        split(separator: ",").map { $0.trimming(" \t") }.filter { !$0.isEmpty }
    }
}

extension Substring {
    /// Returns the text without these characters at its ends.
    func trimming(_ blanks: String) -> Substring {
        var text = drop { blanks.contains($0) }
        while let last = text.last, blanks.contains(last) { text.removeLast() }
        return text
    }
}
