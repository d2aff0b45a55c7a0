extension HCLParser {
    /// Reads a value. `depth` is the number of lists and objects around it.
    mutating func value(depth: Int) throws(HCLError) -> HCLValue {
        let start = token
        guard depth < Self.deepest else {
            throw HCLError(offset: start.offset, reason: "more than \(Self.deepest) values are inside each other")
        }
        return HCLValue(try expression(start, depth), offset: start.offset)
    }

    private mutating func expression(_ start: HCLToken, _ depth: Int) throws(HCLError) -> HCLExpression {
        switch start.kind {
        case .string(let text):
            try advance()
            return .string(text)
        case .number(let number):
            try advance()
            return .number(number)
        case .symbol("-"):
            try advance()
            guard case .number(let number) = token.kind else { throw .unsupported("an expression", at: start.offset) }
            try advance()
            return .number("-\(number)")
        case .symbol("["): return .list(try list(depth))
        case .symbol("{"): return .object(try object(depth))
        case .identifier(let name):
            try advance()
            return try named(name, start, depth)
        case .unsupported(let form): throw .unsupported(form, at: start.offset)
        case .newline, .end, .symbol("}"), .symbol("]"), .symbol(")"), .symbol(","): throw unexpected("a value")
        case .symbol: throw .unsupported("an expression", at: start.offset)
        }
    }

    private mutating func named(_ name: String, _ start: HCLToken, _ depth: Int) throws(HCLError) -> HCLExpression {
        if token.isSymbol("(") {
            guard name == "jsonencode" else {
                throw .unsupported("a function", at: start.offset)
            }
            try advance()
            try skipLines()
            let argument = try value(depth: depth + 1)
            try skipLines()
            guard token.isSymbol(")") else { throw .unsupported("an expression", at: token.offset) }
            try advance()
            return .json(argument)
        }
        var parts = [name]
        while token.isSymbol(".") {
            try advance()
            guard case .identifier(let part) = token.kind else { throw .unsupported("an index", at: start.offset) }
            parts.append(part)
            try advance()
        }
        if token.isSymbol("[") { throw .unsupported("an index", at: start.offset) }
        switch parts {
        case ["null"]: return .null
        case ["true"]: return .bool(true)
        case ["false"]: return .bool(false)
        default: return .reference(parts)
        }
    }

    private mutating func list(_ depth: Int) throws(HCLError) -> [HCLValue] {
        try advance()
        var elements: [HCLValue] = []
        while true {
            try skipLines()
            if token.isSymbol("]") { break }
            elements.append(try value(depth: depth + 1))
            try skipLines()
            if token.isSymbol(",") {
                try advance()
            } else if !token.isSymbol("]") {
                throw .unsupported("an expression", at: token.offset)
            }
        }
        try advance()
        return elements
    }

    private mutating func object(_ depth: Int) throws(HCLError) -> [(name: String, value: HCLValue)] {
        try advance()
        var members: [(name: String, value: HCLValue)] = []
        while true {
            try skipLines()
            if token.isSymbol("}") { break }
            let name: String
            switch token.kind {
            case .identifier(let text), .string(let text): name = text
            default: throw .unsupported("a key that is no name", at: token.offset)
            }
            try advance()
            guard token.isSymbol("=") || token.isSymbol(":") else {
                throw .unsupported("an expression", at: token.offset)
            }
            try advance()
            try skipLines()
            members.append((name, try value(depth: depth + 1)))
            if token.isSymbol(",") {
                try advance()
            } else if token.kind != .newline, !token.isSymbol("}") {
                throw .unsupported("an expression", at: token.offset)
            }
        }
        try advance()
        return members
    }
}
