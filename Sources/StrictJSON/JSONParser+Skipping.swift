extension JSON {
    /// Reads some members of a document that is an object. The rest must be JSON, but its names need not be unique.
    ///
    /// - Parameters:
    ///   - names: The names of the members to read. If a name is repeated, its first member counts.
    ///   - bytes: The whole document.
    /// - Returns: The members that the document has; empty if it is not an object.
    /// - Throws: The first error and its place.
    public static func members(_ names: [String], of bytes: [UInt8]) throws(SyntaxError) -> JSON.Object {
        try bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) in
            var parser = Parser(depthLeft: 64)
            return try parser.document(bytes.span) { (parser) throws(SyntaxError) in
                try parser.members(names, bytes.span)
            }
        }
    }
}

extension JSON.Parser {
    fileprivate mutating func members(_ names: [String], _ input: Span<UInt8>) throws(JSON.SyntaxError) -> JSON.Object {
        var members = JSON.Object()
        guard try peek(input) == UInt8(ascii: "{") else {
            try skip(input)
            return members
        }
        try eachMember(input) { (parser) throws(JSON.SyntaxError) in
            let name = try parser.name(among: names, input)
            try parser.colon(input)
            if let name, members[name] == nil {
                members.append(name, try parser.value(input))
            } else {
                try parser.skip(input)
            }
        }
        return members
    }

    /// Reads the name of a member. Returns nil if it is not one of `names`. A name without escapes is compared in place.
    private mutating func name(
        among names: [String],
        _ input: Span<UInt8>
    ) throws(JSON.SyntaxError) -> String? {
        try expectName(input)
        let start = position + 1
        let (end, isASCII) = input.plainText(from: start)
        guard isASCII, end < input.count, input[end] == UInt8(ascii: "\"") else {
            let name = try string(input)
            return names.first { $0 == name }
        }
        position = end + 1
        return input.extracting(start..<end).withUnsafeBufferPointer { bytes in
            names.first { $0.utf8.count == bytes.count && $0.utf8.elementsEqual(bytes) }
        }
    }

    mutating func memberRanges(
        _ input: Span<UInt8>
    ) throws(JSON.SyntaxError) -> [(name: String, value: Range<Int>)] {
        var ranges: [(name: String, value: Range<Int>)] = []
        guard try peek(input) == UInt8(ascii: "{") else {
            try skip(input)
            return ranges
        }
        try eachMember(input) { (parser) throws(JSON.SyntaxError) in
            let name = try parser.name(input)
            try parser.colon(input)
            let start = parser.position
            try parser.skip(input)
            ranges.append((name, start..<parser.position))
        }
        return ranges
    }

    private mutating func eachMember(
        _ input: Span<UInt8>,
        _ read: (inout Self) throws(JSON.SyntaxError) -> Void
    ) throws(JSON.SyntaxError) {
        try open(input)
        if try close(UInt8(ascii: "}"), input) { return }
        repeat {
            try read(&self)
        } while try !end(UInt8(ascii: "}"), input)
    }

    private mutating func skip(_ input: Span<UInt8>) throws(JSON.SyntaxError) {
        switch try peek(input) {
        case UInt8(ascii: "\""):
            try skipString(input)
        case UInt8(ascii: "{"):
            try eachMember(input) { (parser) throws(JSON.SyntaxError) in
                try parser.expectName(input)
                try parser.skipString(input)
                try parser.colon(input)
                try parser.skip(input)
            }
        case UInt8(ascii: "["):
            try open(input)
            if try close(UInt8(ascii: "]"), input) { return }
            repeat { try skip(input) } while try !end(UInt8(ascii: "]"), input)
        default:
            _ = try value(input)
        }
    }

    /// Skips the string whose opening quotation mark is the current byte.
    private mutating func skipString(_ input: Span<UInt8>) throws(JSON.SyntaxError) {
        let (end, isASCII) = input.plainText(from: position + 1)
        if isASCII, end < input.count, input[end] == UInt8(ascii: "\"") {
            position = end + 1
        } else {
            _ = try string(input)
        }
    }
}
