extension JSON {
    /// Reads one document in I-JSON (RFC 7493), a restriction of RFC 8259, without `\u0000`.
    ///
    /// It takes time and memory proportional to the input. The document must fulfill these conditions:
    /// - It is UTF-8 without a byte order mark.
    /// - It has exactly one value, with optional white space around it.
    /// - The names of each object are unique after unescaping.
    /// - It has no lone surrogates. Numbers may have any size.
    ///
    /// - Parameters:
    ///   - bytes: The whole document.
    ///   - maximumDepth: The largest number of arrays and objects inside one another. A number above 128 counts as 128.
    /// - Throws: The first error and its place.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(SyntaxError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) in
            try JSON(parsing: bytes.span, maximumDepth: maximumDepth)
        }
    }

    /// Reads one document from borrowed memory. See ``init(parsing:maximumDepth:)-([UInt8],_)``.
    public init(parsing bytes: Span<UInt8>, maximumDepth: Int = 64) throws(SyntaxError) {
        var parser = Parser(depthLeft: min(maximumDepth, 128))
        self = try parser.document(bytes) { (parser) throws(SyntaxError) in try parser.value(bytes) }
    }

    /// A parser that reads one value after the other. Every method gets the span as an argument, since a stored span could not escape.
    struct Parser {
        /// The offset of the next byte to read.
        var position = 0
        /// The number of containers that may still be opened inside the current one.
        var depthLeft: Int
        /// The bytes of the string being unescaped.
        var unescaped: [UInt8] = []

        init(depthLeft: Int) {
            self.depthLeft = depthLeft
        }
    }
}

extension JSON.Parser {
    /// Reads a value that is the whole input apart from the white space around it.
    mutating func document<Value>(
        _ input: Span<UInt8>,
        _ read: (inout Self) throws(JSON.SyntaxError) -> Value
    ) throws(JSON.SyntaxError) -> Value {
        if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF {
            throw JSON.SyntaxError(.byteOrderMark, at: 0)
        }
        skipWhitespace(input)
        let value = try read(&self)
        skipWhitespace(input)
        guard position == input.count else { throw JSON.SyntaxError(.trailingContent, at: position) }
        return value
    }

    mutating func value(_ input: Span<UInt8>) throws(JSON.SyntaxError) -> JSON {
        switch try peek(input) {
        case UInt8(ascii: "\""): return .string(try string(input))
        case UInt8(ascii: "{"): return .object(try object(input))
        case UInt8(ascii: "["): return .array(try array(input))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number(input))
        case UInt8(ascii: "t"): return try literal("true", .bool(true), input)
        case UInt8(ascii: "f"): return try literal("false", .bool(false), input)
        case UInt8(ascii: "n"): return try literal("null", .null, input)
        default: throw JSON.SyntaxError(.expectedValue, at: position)
        }
    }

    private mutating func array(_ input: Span<UInt8>) throws(JSON.SyntaxError) -> [JSON] {
        try open(input)
        var elements: [JSON] = []
        if try close(UInt8(ascii: "]"), input) { return elements }
        repeat {
            elements.append(try value(input))
        } while try !end(UInt8(ascii: "]"), input)
        return elements
    }

    private mutating func object(_ input: Span<UInt8>) throws(JSON.SyntaxError) -> JSON.Object {
        try open(input)
        var object = JSON.Object()
        if try close(UInt8(ascii: "}"), input) { return object }
        // A name whose bit is still clear is certainly new, so short objects compare hardly any names.
        var seen: UInt64 = 0
        repeat {
            let start = position
            let name = try name(input)
            let bit = name.fingerprint
            guard object.addName(name, isNew: seen & bit == 0) else {
                throw JSON.SyntaxError(.duplicateName, at: start)
            }
            seen |= bit
            try colon(input)
            object.setLast(try value(input))
        } while try !end(UInt8(ascii: "}"), input)
        return object
    }

    /// Reads the name of a member.
    mutating func name(_ input: Span<UInt8>) throws(JSON.SyntaxError) -> String {
        try expectName(input)
        return try string(input)
    }

    /// Throws unless a name begins at the current byte.
    func expectName(_ input: Span<UInt8>) throws(JSON.SyntaxError) {
        guard try peek(input) == UInt8(ascii: "\"") else { throw JSON.SyntaxError(.expectedName, at: position) }
    }

    /// Reads the colon between a name and its value.
    mutating func colon(_ input: Span<UInt8>) throws(JSON.SyntaxError) {
        skipWhitespace(input)
        guard try peek(input) == UInt8(ascii: ":") else { throw JSON.SyntaxError(.expectedColon, at: position) }
        position += 1
        skipWhitespace(input)
    }

    /// Enters the container at the current byte.
    mutating func open(_ input: Span<UInt8>) throws(JSON.SyntaxError) {
        guard depthLeft > 0 else { throw JSON.SyntaxError(.tooDeep, at: position) }
        depthLeft -= 1
        position += 1
        skipWhitespace(input)
    }

    /// Leaves the container if the current byte closes it. Returns whether it does.
    mutating func close(_ closer: UInt8, _ input: Span<UInt8>) throws(JSON.SyntaxError) -> Bool {
        guard try peek(input) == closer else { return false }
        depthLeft += 1
        position += 1
        return true
    }

    /// Reads the separator after an element or member. Returns true at the end of the container and false after a comma.
    mutating func end(_ closer: UInt8, _ input: Span<UInt8>) throws(JSON.SyntaxError) -> Bool {
        skipWhitespace(input)
        if try close(closer, input) { return true }
        guard input[position] == UInt8(ascii: ",") else { throw JSON.SyntaxError(.expectedCommaOrEnd, at: position) }
        position += 1
        skipWhitespace(input)
        return false
    }

    private mutating func literal(_ word: String, _ value: JSON, _ input: Span<UInt8>) throws(JSON.SyntaxError) -> JSON
    {
        for byte in word.utf8 {
            guard try peek(input) == byte else { throw JSON.SyntaxError(.invalidLiteral, at: position) }
            position += 1
        }
        return value
    }

    /// Returns the current byte. Throws at the end of the input.
    func peek(_ input: Span<UInt8>) throws(JSON.SyntaxError) -> UInt8 {
        guard position < input.count else { throw JSON.SyntaxError(.unexpectedEnd, at: input.count) }
        return input[position]
    }

    private mutating func skipWhitespace(_ input: Span<UInt8>) {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}

extension String {
    /// One of 64 bits, which is always the same for the same scalars.
    fileprivate var fingerprint: UInt64 {
        let ends = (utf8.first ?? 0) &* 7 &+ (utf8.last ?? 0) &* 13
        return 1 << UInt64((UInt8(truncatingIfNeeded: utf8.count) &* 5 &+ ends) & 63)
    }
}
