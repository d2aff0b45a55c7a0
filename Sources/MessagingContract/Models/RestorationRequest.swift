/// A request to restore a version of an object. Our own model.
public struct RestorationRequest: WireObject {
    /// The version to restore. Nil restores the version before the present one, or the last version of a deleted object.
    public var version: ObjectVersion?

    /// Creates a request for the version before the present one, or the last version of a deleted object.
    public init() {}

    /// Creates a request for this version.
    public init(version: Int?) { self.version = version.map(ObjectVersion.init) }

    public static let fields: [Field<Self>] = [
        .optional(
            "version",
            \.version,
            "If absent, the version before the current one, or the last version of a deleted object"
        )
    ]
}

/// The version of an object of any kind. Reading accepts an integer or a string of its digits, since some kinds write strings.
public struct ObjectVersion: WireValue {
    /// The version, from 1.
    public let number: Int

    /// Creates a version without checking it.
    public init(_ number: Int) { self.number = number }

    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        let digits = json.string.flatMap { $0.wholeMatch(of: /[1-9][0-9]*/) == nil ? nil : Int($0) }
        guard let number = json.number?.int ?? digits, number > 0 else {
            throw FieldError(json, isNot: "version", allowed: ["1 and up, as a number or its digits"])
        }
        self.number = number
    }

    public var json: JSON { .number(JSON.Number(number)) }

    public static func schema(_ side: Schema.Side) -> Schema {
        Schema([
            "type": ["integer", "string"], "minimum": 1, "maximum": JSON(integerLiteral: .max),
            "pattern": "^[1-9][0-9]{0,17}$",
        ])
    }
}
