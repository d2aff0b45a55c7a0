extension JSON: ExpressibleByNilLiteral {
    /// Creates `null`.
    public init(nilLiteral: ()) {
        self = .null
    }
}

extension JSON: ExpressibleByBooleanLiteral {
    /// Creates `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension JSON: ExpressibleByIntegerLiteral {
    /// Creates a number in plain decimal digits.
    public init(integerLiteral value: Int) {
        self = .number(Number(value))
    }
}

extension JSON: ExpressibleByStringLiteral {
    /// Creates a string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension JSON: ExpressibleByArrayLiteral {
    /// Creates an array of these elements.
    public init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }
}

extension JSON: ExpressibleByDictionaryLiteral {
    /// Creates an object with these members in order. A repeated name keeps its first place and gets the last value.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Object(elements))
    }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
    /// Creates an object with these members in order. A repeated name keeps its first place and gets the last value.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements)
    }
}
