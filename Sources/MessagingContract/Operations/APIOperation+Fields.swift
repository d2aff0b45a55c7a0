import HTTPTypes

extension APIOperation {
    /// Whether the operation evaluates `If-Match` and `If-None-Match`: it returns or changes an object that has an entity tag.
    public var isConditional: Bool { content.isTagged || access == .bearer(.messaging) }

    /// Whether the operation accepts `Idempotency-Key`. A repeated request with the same key and body has no effect and gets the same
    /// response.
    public var takesIdempotencyKey: Bool {
        guard case .bearer = access else { return false }
        return method == .post && !isReading
    }

    /// Whether the operation changes nothing, whatever its method. A token with read-only scope is enough for it.
    public var isReading: Bool { isRetrieval || access == .bearer(.readOnly) }

    /// Whether the method is GET or HEAD. A client that already has the object then gets 304.
    package var isRetrieval: Bool { method == .get || method == .head }

    /// The request header fields that the operation evaluates, for the API document.
    package var fields: [ParameterDescription] {
        var fields: [ParameterDescription] = []
        if isConditional { fields = isRetrieval ? [.ifNoneMatch, .ifMatch] : [.ifMatch, .ifNoneMatch] }
        if takesIdempotencyKey { fields.append(.idempotencyKey) }
        return fields
    }
}

extension ParameterDescription {
    static let ifMatch = tags(.ifMatch, "If the object has none of these entity tags, the response is 412")
    static let ifNoneMatch = tags(
        .ifNoneMatch,
        "If the object has one of these entity tags, the response to a GET is 304, and to other requests 412"
    )
    static let idempotencyKey = ParameterDescription(
        name: HTTPField.Name.idempotencyKey.rawName,
        location: .header,
        about:
            "A key that the client chooses for this request. For 24 hours, a repetition of the request changes nothing and gets the "
            + "same response",
        schema: ["type": "string", "pattern": "^[!-~]{1,255}$"]
    )
    /// Throws 400 if the pattern of `Idempotency-Key` does not allow the text.
    package static func checkIdempotencyKey(_ key: String) throws(APIError) {
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .badRequest("The field Idempotency-Key must have 1 to 255 visible ASCII characters.")
        }
    }

    /// All header parameters, for the components of the API document.
    package static let fields = [ifMatch, ifNoneMatch, idempotencyKey]

    private static func tags(_ name: HTTPField.Name, _ about: String) -> ParameterDescription {
        ParameterDescription(
            name: name.rawName,
            location: .header,
            about: about,
            schema: ["type": "string", "pattern": .string("^[ \\t,]*(\\*|(\(tag)(,[ \\t,]*\(tag))*(,[ \\t,]*)?)?)$")]
        )
    }

    private static let tag = "(W/)?\"[^\"]*\"[ \\t]*"
}
