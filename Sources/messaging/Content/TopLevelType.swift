/// The first parts of media types, by which a media type is told from the path of a file.
enum TopLevelType {
    /// The registered ones: https://www.iana.org/assignments/top-level-media-types.
    private static let registered: Set<Substring> = [
        "application", "audio", "example", "font", "haptics", "image", "message", "model", "multipart", "text", "video",
    ]

    /// Returns whether a text begins with a registered type and a slash, or with `x-`. Letter case does not count.
    static func begins(_ text: String) -> Bool {
        guard let (type, _) = parts(text) else { return false }
        return registered.contains(type) || type.hasPrefix("x-")
    }

    /// Returns whether a text is a range of media types, such as `image/*` and `*/*`.
    static func isRange(_ text: String) -> Bool {
        guard let (type, rest) = parts(text), type == "*" || begins(text) else { return false }
        return rest.prefix { $0 != ";" && $0 != " " } == "*"
    }

    private static func parts(_ text: String) -> (type: Substring, rest: Substring)? {
        let text = text.lowercased()
        guard let slash = text.firstIndex(of: "/") else { return nil }
        return (text[..<slash].drop { $0 == " " }, text[text.index(after: slash)...])
    }
}
