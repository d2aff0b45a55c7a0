extension WireObject {
    public static var schemaName: String { "\(Self.self)" }
    public static var listingSchemaName: String { "\(schemaName)Listing" }
    public static var requestSchemaName: String {
        schemaName.hasSuffix("Request") ? schemaName : "\(schemaName)Request"
    }

    public static func schema(_ side: Schema.Side) -> Schema {
        objectSchema(side).named(side == .request ? requestSchemaName : schemaName)
    }

    /// The schema of a merge patch: a request in which no member is required, and null clears a member.
    static var patchSchema: Schema {
        objectSchema(.request, isPatch: true).named("\(requestSchemaName.dropLast("Request".count))PatchRequest")
    }

    /// Returns the schema of this object.
    ///
    /// A response is closed and has no nulls. In a request, null counts as absent and unknown members are ignored. The unknown members have
    /// no schema, since generators of clients omit operations that refer to a recursive schema.
    private static func objectSchema(_ side: Schema.Side, isPatch: Bool = false) -> Schema {
        var properties = JSON.Object()
        var parts: [Schema] = []
        let fields = fields.filter { side == .response || !$0.isReadOnly }
        for field in fields {
            var schema = field.schema(side)
            if side == .request, !field.isRequired, field.isClearable || !isPatch { schema = schema.orNull }
            schema = schema.with(field.about.map { ["description": .string($0)] } ?? [:])
            properties[field.name] = schema.json
            parts.append(schema)
        }
        var object: JSON.Object = ["type": "object", "properties": .object(properties)]
        let required = fields.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty, !isPatch { object["required"] = .array(required) }
        switch side {
        case .request:
            object["propertyNames"] = ["pattern": .string(Schema.noNull)]
        case .response:
            object["additionalProperties"] = false
        }
        return Schema(.object(object), parts: parts)
    }
}
