/// A rule for the values of a member of a request: the keywords that narrow the member's schema, and the check that refuses the values that
/// the keywords do not allow.
///
/// A check may refuse more than keywords can express.
public struct Constraint<Value: Sendable>: Sendable {
    /// Throws if a value is not allowed.
    public typealias Check = @Sendable (Value) throws(FieldError) -> Void

    /// The keywords of JSON Schema.
    public let keywords: JSON.Object
    private let refuse: Check

    /// Creates a constraint from keywords and a check that refuse the same values.
    public init(_ keywords: JSON.Object = [:], check: @escaping Check = { _ in }) {
        self.keywords = keywords
        refuse = check
    }

    /// Throws if the value is not allowed. The path of the error is relative to the value.
    public func check(_ value: Value) throws(FieldError) { try refuse(value) }

    /// Returns a constraint that refuses a value if this one or the other one does. This one is checked first.
    func and(_ other: Constraint) -> Constraint {
        Constraint(keywords.merging(other.keywords)) { (value) throws(FieldError) in
            try check(value)
            try other.check(value)
        }
    }
}

extension Constraint where Value == String {
    /// Returns a constraint on the number of Unicode scalars and the form of a text. `matches` returns whether the whole text matches
    /// `pattern`, a regular expression. `refusal` returns the reason why a text is refused.
    static func text(
        _ length: ClosedRange<Int>,
        pattern: String? = nil,
        examples: [JSON] = [],
        matches: @escaping @Sendable (String) -> Bool = { _ in true },
        refusal: @escaping @Sendable (String) -> FieldError.Reason
    ) -> Constraint {
        var keywords: JSON.Object = [:]
        if length.lowerBound > 0 { keywords["minLength"] = JSON(integerLiteral: length.lowerBound) }
        keywords["maxLength"] = JSON(integerLiteral: length.upperBound)
        if let pattern { keywords["pattern"] = .string("^\(pattern)$") }
        if !examples.isEmpty { keywords["examples"] = .array(examples) }
        return Constraint(keywords) { (text) throws(FieldError) in
            guard length.contains(text.unicodeScalars.count), matches(text) else {
                throw FieldError(reason: refusal(text))
            }
        }
    }
}

extension JSON.Object {
    /// Returns the members of both. If both have a member of one name, the result has that of `other`.
    fileprivate func merging(_ other: JSON.Object) -> JSON.Object {
        var merged = self
        for (name, value) in other { merged[name] = value }
        return merged
    }
}
