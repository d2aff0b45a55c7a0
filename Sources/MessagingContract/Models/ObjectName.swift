/// The rules for the names of objects.
public enum ObjectName {
    /// The largest number of Unicode scalars. This limit is our own.
    public static let maximumLength = 256

    /// Throws if `name` consists of white space only, is empty, or is too long.
    public static func check(_ name: String) throws(FieldError) {
        do {
            try constraint.check(name)
        } catch {
            throw error.within("name")
        }
    }

    /// The rules with their schema keywords. The class lists White_Space itself; `\s` differs in NEL and the byte order mark.
    package static let constraint = Constraint<String>([
        "minLength": 1, "maxLength": JSON(integerLiteral: maximumLength),
        "pattern": .string(
            #"^[^\u0000]*[^\u0000\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]"#
                + #"[^\u0000]*$"#
        ),
    ]) { (name) throws(FieldError) in
        if name.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            throw FieldError(reason: .constraint("must not be blank"))
        }
        if name.unicodeScalars.count > maximumLength {
            throw FieldError(reason: .constraint("must not be longer than \(maximumLength) characters"))
        }
    }
}

extension Field {
    /// Returns the member for the name of an object. Only the rules check the name: some names come from the history and not from a request.
    static func name(_ path: any WritableKeyPath<Owner, String> & Sendable) -> Field {
        .required(
            "name",
            path,
            "Must not be blank; does not have to be unique",
            constraint: Constraint(ObjectName.constraint.keywords)
        )
    }
}
