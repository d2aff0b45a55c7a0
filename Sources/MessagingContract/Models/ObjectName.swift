/// The rules for the names of objects.
public enum ObjectName {
    /// The largest number of Unicode scalars. This limit is our own.
    public static let maximumLength = 256

    /// Throws if `name` consists of white space only, is empty, or is too long.
    public static func check(_ name: String) throws(FieldError) {
        if name.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            throw FieldError(path: "name", reason: .constraint("must not be blank"))
        }
        if name.unicodeScalars.count > maximumLength {
            let sentence = "must not be longer than \(maximumLength) characters"
            throw FieldError(path: "name", reason: .constraint(sentence))
        }
    }

    /// The rules as schema keywords. The class lists White_Space itself; `\s` differs in NEL and the byte order mark.
    static let keywords: JSON.Object = [
        "minLength": 1, "maxLength": JSON(integerLiteral: maximumLength),
        "pattern": .string(
            #"^[^\u0000]*[^\u0000\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]"#
                + #"[^\u0000]*$"#
        ),
    ]
}

extension Field {
    /// Returns the member for the name of an object.
    static func name(_ path: any WritableKeyPath<Owner, String> & Sendable) -> Field {
        .required("name", path, "Not blank; need not be unique", keywords: ObjectName.keywords)
    }
}
