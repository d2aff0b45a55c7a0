/// An integer parameter of a query.
struct IntegerParameter: Sendable {
    let name: String
    /// The allowed values.
    let range: ClosedRange<Int>
    /// The value of an absent or empty parameter.
    let value: Int
    let about: String

    /// Reads the parameter. Throws a 400 `invalid.query.param.value` if it is not a number or is out of range.
    func read(_ query: Query) throws(APIError) -> Int {
        guard let text = query[name], !text.isEmpty else { return value }
        let isDigits = text.utf8.allSatisfy(\.isDigit)
        return try check(isDigits ? Int(text) : nil, text)
    }

    func check(_ value: Int?, _ text: String) throws(APIError) -> Int {
        guard let value, range.contains(value) else {
            throw .invalidParameter(name, value: text, allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    var description: ParameterDescription {
        ParameterDescription(
            name: name,
            location: .query,
            about: about,
            schema: [
                "type": "integer", "minimum": JSON(integerLiteral: range.lowerBound),
                "maximum": JSON(integerLiteral: range.upperBound), "default": JSON(integerLiteral: value),
            ]
        )
    }
}
