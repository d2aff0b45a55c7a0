import HTTPTypes

extension APIOperation {
    /// Whether the operation heeds `If-Match` and `If-None-Match`: it answers or changes what has an entity tag.
    public var isConditional: Bool { content.isTagged || access == .bearer(.messaging) }

    /// Whether the operation heeds `Idempotency-Key`: sent again with the same key and body, it does nothing and answers the same.
    public var takesIdempotencyKey: Bool { method == .post && access != .open && !isReading }

    /// Whether it changes nothing, whatever its method: a token that may only read is enough for it.
    public var isReading: Bool { isRetrieval || access == .bearer(.readOnly) }

    /// Whether its method is GET or HEAD, so that a client that has the object already is answered 304.
    package var isRetrieval: Bool { method == .get || method == .head }

    /// The request fields that the operation heeds, for documents.
    package var fields: [ParameterDescription] {
        var fields: [ParameterDescription] = []
        if isConditional { fields = isRetrieval ? [.ifNoneMatch, .ifMatch] : [.ifMatch, .ifNoneMatch] }
        if takesIdempotencyKey { fields.append(.idempotencyKey) }
        return fields
    }
}

extension ParameterDescription {
    static let ifMatch = tags(.ifMatch, "412 unless the object has one of these entity tags")
    static let ifNoneMatch = tags(
        .ifNoneMatch,
        "When the object has one of these entity tags, a GET is 304, all else 412"
    )
    static let idempotencyKey = ParameterDescription(
        name: HTTPField.Name.idempotencyKey.rawName,
        place: .header,
        about:
            "A key of the client's own for this request: for 24 hours the same request is done once and answered alike",
        schema: ["type": "string", "pattern": "^[!-~]{1,255}$"]
    )

    /// All of them, for the components.
    package static let fields = [ifMatch, ifNoneMatch, idempotencyKey]

    private static func tags(_ name: HTTPField.Name, _ about: String) -> ParameterDescription {
        ParameterDescription(
            name: name.rawName,
            place: .header,
            about: about,
            schema: ["type": "string", "pattern": .string("^[ \\t,]*(\\*|(\(tag)(,[ \\t,]*\(tag))*(,[ \\t,]*)?)?)$")]
        )
    }

    private static let tag = "(W/)?\"[^\"]*\"[ \\t]*"
}
