/// A JSON Schema (2020-12) together with the named schemas that it refers to.
public struct Schema: Hashable, Sendable {
    /// The direction of the described value.
    public enum Side: Hashable, Sendable {
        /// From the client to the server: the schema describes everything that the server accepts.
        case request
        /// From the server to the client: the schema describes exactly the sent bodies.
        case response
    }

    /// The schema, with references below `#/components/schemas`.
    public let json: JSON
    /// All schemas that it refers to, directly or indirectly, by name.
    public let components: [String: JSON]

    /// Creates a schema. `parts` are the schemas that it contains.
    public init(_ json: JSON, parts: [Schema] = []) {
        self.json = json
        components = parts.reduce(into: [:]) { $0.merge($1.components) { first, _ in first } }
    }

    /// Returns a reference to this schema, which becomes a component.
    public func named(_ name: String) -> Schema {
        Schema(reference: ["$ref": .string("#/components/schemas/\(name)")], components.merging([name: json]) { $1 })
    }

    /// A schema of this value or null.
    public var orNull: Schema { Schema(["anyOf": [json, ["type": "null"]]], parts: [self]) }

    /// Returns this schema with additional keywords.
    public func with(_ keywords: JSON.Object) -> Schema {
        guard !keywords.isEmpty, var object = json.object else { return self }
        for (name, value) in keywords { object[name] = value }
        return Schema(.object(object), parts: [self])
    }

    private init(reference: JSON, _ components: [String: JSON]) {
        json = reference
        self.components = components
    }

    /// The pattern of a string without U+0000.
    static let noNull = #"^[^\u0000]*$"#
}
