/// A JSON Schema (2020-12) together with the named schemas that it refers to.
public struct Schema: Hashable, Sendable {
    /// Which way the described value goes.
    public enum Side: Hashable, Sendable {
        /// Client to server: everything that is taken.
        case request
        /// Server to client: exactly what is sent.
        case response
    }

    /// The schema, with references below `#/components/schemas`.
    public let json: JSON
    /// The schemas that it refers to, and those that they refer to, by name.
    public let components: [String: JSON]

    /// A schema; `parts` are the ones that were put into it.
    public init(_ json: JSON, parts: [Schema] = []) {
        self.json = json
        components = parts.reduce(into: [:]) { $0.merge($1.components) { first, _ in first } }
    }

    /// A reference to this schema, which becomes a component.
    public func named(_ name: String) -> Schema {
        Schema(reference: ["$ref": .string("#/components/schemas/\(name)")], components.merging([name: json]) { $1 })
    }

    /// This or null.
    public var orNull: Schema { Schema(["anyOf": [json, ["type": "null"]]], parts: [self]) }

    /// The same schema with more said of it.
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
