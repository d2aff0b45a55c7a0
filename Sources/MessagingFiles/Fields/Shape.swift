package import MessagingSDK

/// A schema of the API, with its outermost reference and its alternative of null resolved.
package struct Shape {
    /// The name of the object in the API; nil if the schema has none.
    package let name: String?
    private let keywords: JSON.Object
    private let components: [String: JSON]

    package init(_ schema: Schema) { self.init(schema.json, schema.components) }

    private init(_ json: JSON, _ components: [String: JSON]) {
        var keywords = json.object ?? [:]
        var name: String?
        while true {
            let target: JSON?
            if let alternatives = keywords["anyOf"]?.array {
                keywords["anyOf"] = nil
                target = alternatives.first { $0["type"]?.string != "null" }
            } else if let reference = keywords["$ref"]?.string {
                keywords["$ref"] = nil
                name = reference.split(separator: "/").last.map(String.init)
                target = name.flatMap { components[$0] }
            } else {
                break
            }
            for (name, value) in target?.object ?? [:] where keywords[name] == nil { keywords[name] = value }
        }
        self.name = name
        self.keywords = keywords
        self.components = components
    }

    /// The type of the value, in the words of JSON Schema.
    package var type: String { keywords["type"]?.string ?? "any" }
    /// The meaning of the value; nil if its name says enough.
    package var about: String? { keywords["description"]?.string }
    /// The values that the API knows; empty if it does not list them.
    package var values: [String] {
        (keywords["enum"]?.array ?? []).map(\.cell)
    }
    /// The limits of the value as keywords of JSON Schema with their values.
    package var limits: [(name: String, value: String)] {
        ["format", "minLength", "maxLength", "minimum", "maximum", "maxItems", "maxProperties"].compactMap { name in
            keywords[name].map { (name, $0.cell) }
        }
    }

    /// The members of the object, or of the objects in the array, in order.
    package var members: [(name: String, shape: Shape)] {
        (inner.keywords["properties"]?.object ?? [:]).map { ($0, Shape($1, components)) }
    }
    /// The names of the members that a request must have.
    package var required: Set<String> { Set((inner.keywords["required"]?.array ?? []).compactMap(\.string)) }
    /// The elements of the array; nil if this is none.
    package var elements: Shape? { keywords["items"].map { Shape($0, components) } }
    /// The values of members with any name; nil if the object has no such members.
    package var anyMember: Shape? {
        keywords["additionalProperties"].flatMap { $0.object == nil ? nil : Shape($0, components) }
    }

    private var inner: Shape { elements ?? self }
}
