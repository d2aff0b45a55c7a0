import MessagingContract

extension String {
    /// Throws 400 for a name that shows nothing or is longer than 256 characters.
    func checkAsName() throws(APIError) {
        let limit = 256
        if unicodeScalars.allSatisfy(\.isInvisible) {
            throw APIError(FieldError(path: "name", reason: .constraint("must not be blank")))
        }
        if unicodeScalars.count > limit {
            throw APIError(FieldError(path: "name", reason: .constraint("must not be longer than \(limit) characters")))
        }
    }

    /// Throws 400 for a name that cannot stand in a line of a terminal either.
    func checkAsLine() throws(APIError) {
        try checkAsName()
        if unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw APIError(FieldError(path: "name", reason: .constraint("must not have control characters")))
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isInvisible: Bool {
        properties.isWhitespace || [.control, .format].contains(properties.generalCategory)
    }
}
