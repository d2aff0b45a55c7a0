public import struct Foundation.Date

/// A value with one JSON form in requests and responses.
public protocol WireValue: Hashable, Sendable {
    /// Reads a value exactly as declared from a request, or as a newer server may have extended it from a response. Throws a ``FieldError``
    /// whose path is relative to this value.
    init(json: JSON, side: Schema.Side) throws(FieldError)

    /// The JSON form of the value.
    var json: JSON { get }

    /// Returns the schema of the value in requests or in responses.
    static func schema(_ side: Schema.Side) -> Schema

    /// Returns the declared part of a JSON value in a patch: the value without undeclared members at any depth, and with null for each
    /// empty ``MergedObject``.
    static func declared(in json: JSON) -> JSON
}

extension WireValue {
    public static func declared(in json: JSON) -> JSON { json }

    /// Reads the value from a request.
    public init(json: JSON) throws(FieldError) { try self.init(json: json, side: .request) }
}

extension String: WireValue {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let string = json.string else { throw FieldError(json, isNot: "string") }
        self = string
    }

    public var json: JSON { .string(self) }
    public static func schema(_ side: Schema.Side) -> Schema {
        side == .request ? Schema(["type": "string", "pattern": .string(Schema.noNull)]) : Schema(["type": "string"])
    }
}

extension Int: WireValue {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let int = json.number?.int else { throw FieldError(json, isNot: "integer") }
        self = int
    }

    public var json: JSON { .number(JSON.Number(self)) }
    public static func schema(_ side: Schema.Side) -> Schema { Schema(["type": "integer"]) }
}

extension Bool: WireValue {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard case .bool(let bool) = json else { throw FieldError(json, isNot: "boolean") }
        self = bool
    }

    public var json: JSON { .bool(self) }
    public static func schema(_ side: Schema.Side) -> Schema { Schema(["type": "boolean"]) }
}

extension Date: WireValue {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let date = json.string.flatMap({ Date(wire: $0) }) else { throw FieldError(json, isNot: "date-time") }
        self = date
    }

    public var json: JSON { .string(wire) }
    public static func schema(_ side: Schema.Side) -> Schema { Schema(["type": "string", "format": "date-time"]) }
}

extension Array: WireValue where Element: WireValue {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let elements = json.array else { throw FieldError(json, isNot: "array") }
        self = []
        reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do {
                append(try Element(json: element, side: side))
            } catch {
                throw error.within(index: index)
            }
        }
    }

    public var json: JSON { .array(map(\.json)) }

    public static func declared(in json: JSON) -> JSON {
        json.array.map { .array($0.map(Element.declared)) } ?? json
    }

    public static func schema(_ side: Schema.Side) -> Schema {
        let element = Element.schema(side)
        return Schema(["type": "array", "items": element.json], parts: [element])
    }
}

extension Dictionary: WireValue where Key == String, Value == String {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let object = json.object else { throw FieldError(json, isNot: "object") }
        self.init(minimumCapacity: object.count)
        for (name, value) in object {
            do {
                self[name] = try String(json: value, side: side)
            } catch {
                throw error.within(name)
            }
        }
    }

    public var json: JSON {
        var object = JSON.Object()
        for (name, value) in sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
        return .object(object)
    }

    public static func schema(_ side: Schema.Side) -> Schema {
        Schema(["type": "object", "additionalProperties": ["type": "string"]])
    }
}

/// A string that is one of a fixed set. Reading accepts any letter case and keeps the canonical spelling.
///
/// A response may have a value that is not in the set yet. A type that can hold any string keeps such a value.
public protocol WireEnum: WireValue, RawRepresentable, CaseIterable where RawValue == String {}

extension WireEnum {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        let text = json.string?.lowercased()
        if let value = Self.allCases.first(where: { $0.rawValue.lowercased() == text }) {
            self = value
        } else if side == .response, let value = json.string.flatMap(Self.init(rawValue:)) {
            self = value
        } else {
            throw FieldError(json, isNot: "\(Self.self)", allowed: Self.allCases.map(\.rawValue))
        }
    }

    public var json: JSON { .string(rawValue) }

    /// Returns the schema: the list of values in responses, and in requests a pattern that accepts them in any letter case.
    public static func schema(_ side: Schema.Side) -> Schema {
        let values = JSON.array(allCases.map { .string($0.rawValue) })
        if side == .response { return Schema(["type": "string", "enum": values]) }
        let patterns = allCases.map { value in
            value.rawValue.map { $0.isLetter ? "[\($0.uppercased())\($0.lowercased())]" : "\($0)" }.joined()
        }
        return Schema([
            "type": "string", "pattern": .string("^(\(patterns.joined(separator: "|")))$"), "examples": values,
        ])
    }
}
