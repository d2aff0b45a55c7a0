public import struct Foundation.Date

/// A value with one form on the wire.
public protocol WireValue: Hashable, Sendable {
    /// Reads the value of a request, exactly as it is declared, or of a response, which a newer server may have extended. Throws a
    /// ``FieldError`` whose path is relative to this value.
    init(json: JSON, side: Schema.Side) throws(FieldError)

    /// The value as it is written.
    var json: JSON { get }

    /// The schema of what is read (requests) or written (responses).
    static func schema(_ side: Schema.Side) -> Schema

    /// Returns what is read of a JSON value in a patch: the value without members that are not declared, wherever they stand in it, and with
    /// null for each ``MergedObject`` that is empty.
    static func declared(in json: JSON) -> JSON
}

extension WireValue {
    public static func declared(in json: JSON) -> JSON { json }

    /// Reads the value of a request.
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

/// A string that is one of a set. Any letter case is read, the canonical one is kept and written. A response may have a value that is
/// not in the set yet; it is kept as it is by a type that can hold any string.
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

    /// The values; of a request, a pattern that takes them in any letter case.
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
