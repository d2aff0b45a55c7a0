public import MessagingContract

extension SplitMix {
    /// A value of any kind; never deeper than `depth` containers.
    public mutating func json(depth: Int = 6) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &self) {
        case 0: .null
        case 1: .bool(.random(using: &self))
        case 2, 3: number()
        case 4: .string(string())
        case 5: .array((0..<Int.random(in: 0...6, using: &self)).map { _ in json(depth: depth - 1) })
        default: object(depth: depth)
        }
    }

    private mutating func object(depth: Int) -> JSON {
        var object = JSON.Object()
        for _ in 0..<Int.random(in: 0...20, using: &self) { object[string()] = json(depth: depth - 2) }
        return .object(object)
    }

    /// Any grammatical number, so made by the parser.
    private mutating func number() -> JSON {
        var literal = Bool.random(using: &self) ? "-" : ""
        literal += String(UInt64.random(in: 0...(.max >> UInt64.random(in: 0..<64, using: &self)), using: &self))
        if Bool.random(using: &self) { literal += ".\(UInt16.random(in: 0...(.max), using: &self))" }
        if Bool.random(using: &self) { literal += ["e", "E+", "e-"][Int.random(in: 0..<3, using: &self)] + "007" }
        return (try? JSON(parsing: Array(literal.utf8))) ?? .null
    }

    /// Any characters but U+0000, the interesting ones often.
    public mutating func string() -> String {
        var string = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...24, using: &self) {
            let range: ClosedRange<UInt32> =
                switch Int.random(in: 0..<8, using: &self) {
                case 0: 0x01...0x1F
                case 1: 0x22...0x22
                case 2: 0x5C...0x5C
                case 3: 0x7F...0x7FF
                case 4: 0x800...0xFFFF
                case 5: 0x10000...0x10FFFF
                default: 0x20...0x7E
                }
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { string.append(scalar) }
        }
        return String(string)
    }
}
