/// What is wrong with one field of a document, and where the field is.
public struct FieldError: Error, Hashable, Sendable {
    /// Why the field is refused.
    public enum Reason: Hashable, Sendable {
        /// It must be there, and is absent or null.
        case missing
        /// It is there, and not a value of its type; `allowed` names the values it may have where they can be listed.
        case invalid(value: String, type: String, allowed: [String])
        /// The field breaks a rule. The string is a sentence without the field's name: "must not be blank".
        case constraint(String)
    }

    /// The field, as `mediaTypes.allow.inbound[0].type`; empty for the document itself.
    public private(set) var path: String
    /// Why it is refused.
    public let reason: Reason

    /// A problem with the field at `path`.
    public init(path: String = "", reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// A value that is not of the type that its field has. The value is quoted shortened.
    public init(_ json: JSON, isNot type: String, allowed: [String] = []) {
        self.init(reason: .invalid(value: Self.quoted(json), type: type, allowed: allowed))
    }

    /// The same problem, seen from the object that has the field as `name`.
    public func within(_ name: String) -> FieldError {
        var error = self
        error.path = path.isEmpty || path.hasPrefix("[") ? name + path : "\(name).\(path)"
        return error
    }

    /// The same problem, seen from the array that has the field at `index`.
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
    /// At most 64 Unicode scalars of the string, for quoting it.
    var shortened: String {
        let end = unicodeScalars.index(startIndex, offsetBy: 64, limitedBy: endIndex) ?? endIndex
        return end == endIndex ? self : String(unicodeScalars[..<end]) + "…"
    }
}
