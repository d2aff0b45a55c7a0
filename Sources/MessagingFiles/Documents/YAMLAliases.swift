/// Finds aliases in YAML before it is parsed. They repeat values, so the parser may take time that is exponential in the size of a document.
enum YAMLAliases {
    /// Returns the place of the first alias of a document that has an anchor; nil if there is none. Quoted texts and comments do not count.
    static func first(in document: [UInt8]) -> (line: Int, column: Int)? {
        var (line, start) = (1, 0)
        var hasAnchor = false
        var alias: (line: Int, column: Int)?
        var quote: UInt8?
        var (isStart, isComment, isEscaped) = (true, false, false)
        for (place, byte) in document.enumerated() {
            if byte == UInt8(ascii: "\n") { (line, start, isComment) = (line + 1, place + 1, false) }
            if isComment { continue }
            if let open = quote {
                let next = place + 1 < document.count ? document[place + 1] : 0
                let escapes = open == UInt8(ascii: "'") ? byte == open && next == open : byte == UInt8(ascii: "\\")
                if byte == open, !isEscaped, !escapes { quote = nil }
                isEscaped = escapes && !isEscaped
                isStart = false
                continue
            }
            if isStart {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                case UInt8(ascii: "#"): isComment = true
                case UInt8(ascii: "&"): hasAnchor = true
                case UInt8(ascii: "*"): alias = alias ?? (line, place - start + 1)
                default: break
                }
            }
            isStart = startsValue.contains(byte)
        }
        return hasAnchor ? alias : nil
    }

    /// The bytes behind which a value or a key may begin.
    private static let startsValue = Set(" \t\r\n[{,:?-".utf8)
}
