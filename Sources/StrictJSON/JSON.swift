/// A JSON value (RFC 8259) that was read or is to be written.
///
/// Equality is exact:
/// - Strings and member names are equal if their Unicode scalars are the same, without normalization.
/// - Numbers are equal if their literal texts are the same (`1` is not `1.0`).
/// - Objects are equal if they have the same members in any order.
public enum JSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number of any size and precision.
    case number(JSON.Number)
    /// A string.
    case string(String)
    /// An array with its elements in order.
    case array([JSON])
    /// An object with its members in order.
    case object(JSON.Object)

    /// Returns whether the two values are equal as described at ``JSON``.
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameScalars(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Feeds the value to `hasher`, consistent with `==`.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): value.hashScalars(into: &hasher)
        case .array(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}

extension JSON {
    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The value of a Boolean; nil for a value of another type.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number; nil for a value of another type.
    public var number: Number? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The text of a string; nil for a value of another type.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of an array; nil for a value of another type.
    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members of an object; nil for a value of another type.
    public var object: Object? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Returns the value of the member with this name, or nil if there is none or if this is not an object.
    public subscript(name: String) -> JSON? {
        object?[name]
    }
}

extension JSON {
    /// A JSON number, kept as its text. Two numbers are equal only if their texts are the same.
    public struct Number: Hashable, Sendable, CustomStringConvertible {
        /// The text in the grammar of RFC 8259, section 6. It may have any length.
        public let literal: String

        /// Creates a number in plain decimal digits.
        public init(_ value: Int) {
            literal = String(value)
        }

        /// Creates a number in plain decimal digits.
        public init(_ value: Int64) {
            literal = String(value)
        }

        /// Creates the number with the shortest text that parses as `value` again. Returns nil for NaN and infinity.
        public init?(_ value: Double) {
            guard value.isFinite else { return nil }
            literal = value.description
        }

        /// Creates a number whose text the parser has checked.
        init(checked literal: String) {
            self.literal = literal
        }

        /// The literal.
        public var description: String { literal }

        /// The nearest `Double`, or zero if the number is smaller than any. It is nil if the number is beyond the range of `Double`.
        public var double: Double? {
            guard let value = Double(literal), value.isFinite else { return nil }
            return value
        }
    }
}
