/// One JSON value (RFC 8259), as it was read or as it is to be written.
///
/// Equality is exact: strings and member names are compared by their Unicode scalars, without normalization; numbers by
/// their literal text (`1` is not `1.0`); objects without regard to the order of their members.
public enum JSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number of any size and precision.
    case number(JSON.Number)
    /// A string.
    case string(String)
    /// The elements in order.
    case array([JSON])
    /// The members in order.
    case object(JSON.Object)

    /// Whether the two values are the same, see ``JSON``.
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

    /// The value of a Boolean; nil for any other kind.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number; nil for any other kind.
    public var number: Number? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The text of a string; nil for any other kind.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of an array; nil for any other kind.
    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members of an object; nil for any other kind.
    public var object: Object? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The value of the member with this name; nil when there is none or when this is not an object.
    public subscript(name: String) -> JSON? {
        object?[name]
    }
}
