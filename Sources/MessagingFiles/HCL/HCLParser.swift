/// Reads a text in HCL. Values of forms that this program does not read become ``HCLExpression/unsupported(_:)``, so that they are errors only
/// where somebody needs them.
struct HCLParser {
    /// The largest number of blocks or values inside each other.
    static let deepest = 32

    private var lexer: HCLLexer
    /// The next token.
    private(set) var token: HCLToken
    /// The number of brackets that are open before the next token.
    private var open = 0

    /// Reads a whole file. Throws a failure that names the place of the first error.
    static func body(of source: HCLSource) throws(Failure) -> HCLBody {
        do {
            var parser = try HCLParser(source.bytes)
            return try parser.body(of: nil, depth: 0)
        } catch {
            throw source.failure(error)
        }
    }

    private init(_ bytes: [UInt8]) throws(HCLError) {
        lexer = HCLLexer(bytes)
        token = try lexer.next()
    }

    /// Passes over the next token.
    mutating func advance() throws(HCLError) {
        switch token.kind {
        case .symbol("{"), .symbol("["), .symbol("("): open += 1
        case .symbol("}"), .symbol("]"), .symbol(")"): open -= 1
        default: break
        }
        token = try lexer.next()
    }

    /// Passes over the ends of lines.
    mutating func skipLines() throws(HCLError) {
        while token.kind == .newline { try advance() }
    }

    /// Reads the content of a block up to its closing brace, or that of the file.
    private mutating func body(of block: HCLToken?, depth: Int) throws(HCLError) -> HCLBody {
        let last = block == nil ? HCLToken.Kind.end : .symbol("}")
        var body = HCLBody()
        var names: Set<String> = []
        while true {
            try skipLines()
            if token.kind == last { return body }
            if let block, token.kind == .end {
                throw HCLError(offset: block.offset, reason: "the block has no end", next: "End it with }")
            }
            guard case .identifier(let name) = token.kind else { throw unexpected("an attribute or a block") }
            let item = try item(name, depth: depth)
            if case .attribute(let attribute) = item, !names.insert(name).inserted {
                throw HCLError(offset: attribute.offset, reason: "the attribute \(name) occurs twice")
            }
            body.items.append(item)
            guard token.kind == .newline || token.kind == last || token.kind == .end else {
                throw unexpected("the end of the line")
            }
        }
    }

    private mutating func item(_ name: String, depth: Int) throws(HCLError) -> HCLBody.Item {
        let start = token
        try advance()
        if token.isSymbol("=") {
            try advance()
            return .attribute(HCLAttribute(name: name, value: try attributeValue(), offset: start.offset))
        }
        var labels: [String] = []
        while let label = label {
            labels.append(label)
            try advance()
        }
        guard token.isSymbol("{") else { throw unexpected("= or {") }
        guard depth < Self.deepest else {
            throw HCLError(offset: start.offset, reason: "more than \(Self.deepest) blocks are inside each other")
        }
        try advance()
        let body = try body(of: start, depth: depth + 1)
        try advance()
        return .block(HCLBlock(type: name, labels: labels, body: body, offset: start.offset))
    }

    private var label: String? {
        switch token.kind {
        case .identifier(let label), .string(let label): label
        default: nil
        }
    }

    /// Reads the value of an attribute. Passes over all of it if its form is not read.
    private mutating func attributeValue() throws(HCLError) -> HCLValue {
        let (start, around) = (token.offset, open)
        do throws(HCLError) {
            let value = try value(depth: 0)
            guard token.kind == .newline || token.kind == .end || token.isSymbol("}") else {
                throw HCLError.unsupported("an expression of more than one value", at: start)
            }
            return value
        } catch {
            guard error.isUnsupported else { throw error }
            while token.kind != .end, open > around || !(token.kind == .newline || token.isSymbol("}")) {
                try advance()
            }
            return HCLValue(.unsupported(error), offset: start)
        }
    }

    /// Returns the error for a token in the place of something else. It names the form of the token only, which may be a secret without quotes.
    func unexpected(_ expected: String) -> HCLError {
        let found =
            switch token.kind {
            case .identifier: "a name without quotes"
            case .string, .unsupported: "a text"
            case .number: "a number"
            case .symbol(let character): "\"\(character)\""
            case .newline: "the end of the line"
            case .end: "the end of the file"
            }
        return HCLError(offset: token.offset, reason: "there is \(found) in the place of \(expected)")
    }
}
