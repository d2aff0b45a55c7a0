/// An object with any members, kept unchanged.
extension JSON.Object: WireValue {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let object = json.object else { throw FieldError(json, isNot: "object") }
        self = object
    }

    public var json: JSON { .object(self) }
    public static func schema(_ side: Schema.Side) -> Schema { Schema(["type": "object"]) }
}
