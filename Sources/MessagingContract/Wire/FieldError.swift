/// An error about one field of a document, with the path of the field.
public struct FieldError: Error, Hashable, Sendable {
    /// The reason for refusing a field.
    public enum Reason: Hashable, Sendable {
        /// The field is required, but absent or null.
        case missing
        /// The value is not of the field's type. `allowed` lists the possible values if they can be listed.
        case invalid(value: String, type: String, allowed: [String])
        /// The field breaks a rule. The string is a sentence without the field's name, such as "must not be blank".
        case constraint(String)
    }

    /// The path of the field, such as `mediaTypes.allow.inbound[0].type`; empty for the document itself.
    public private(set) var path: String
    /// The reason for refusing it.
    public let reason: Reason

    /// Creates an error about the field at `path`.
    public init(path: String = "", reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// Creates an error about a value that is not of its field's type. The value is quoted in shortened form.
    public init(_ json: JSON, isNot type: String, allowed: [String] = []) {
        self.init(reason: .invalid(value: Self.quoted(json), type: type, allowed: allowed))
    }

    /// Returns this error with its path seen from the object that has the field as `name`.
    public func within(_ name: String) -> FieldError {
        var error = self
        error.path = path.isEmpty || path.hasPrefix("[") ? name + path : "\(name).\(path)"
        return error
    }

    /// Returns this error with its path seen from the array that has the field at `index`.
    public func within(index: Int) -> FieldError {
        var error = self
        error.path = path.isEmpty || path.hasPrefix("[") ? "[\(index)]\(path)" : "[\(index)].\(path)"
        return error
    }

    private static func quoted(_ json: JSON) -> String {
        switch json {
        case .string(let string): string.shortened
        case .number(let number): number.literal.shortened
        case .bool(let bool): "\(bool)"
        case .null: "null"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension String {
    /// The string, or its first 64 Unicode scalars and an ellipsis, for quoting it.
    var shortened: String {
        let end = unicodeScalars.index(startIndex, offsetBy: 64, limitedBy: endIndex) ?? endIndex
        return end == endIndex ? self : String(unicodeScalars[..<end]) + "…"
    }
}
