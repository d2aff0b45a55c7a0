/// A whole number in a query.
struct IntegerParameter: Sendable {
    let name: String
    /// What it may be.
    let range: ClosedRange<Int>
    /// What it is when it is absent or empty.
    let value: Int
    let about: String

    /// Reads it; throws 400 `invalid.query.param.value` when it is not a number, or out of range.
    func read(_ query: Query) throws(APIError) -> Int {
        guard let text = query[name], !text.isEmpty else { return value }
        let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
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
            place: .query,
            about: about,
            schema: [
                "type": "integer", "minimum": JSON(integerLiteral: range.lowerBound),
                "maximum": JSON(integerLiteral: range.upperBound), "default": JSON(integerLiteral: value),
            ]
        )
    }
}
