/// A JSON object whose members are declared once, as ``Field`` values, for reading and for writing.
///
/// Reading ignores undeclared members and treats null as absent. A request without a required member is refused. A response is refused only
/// without a `Field.id`; other absent members keep their initial values.
public protocol WireObject: WireValue {
    /// Creates an object with initial values.
    init()

    /// The members, in the order in which they are written.
    static var fields: [Field<Self>] { get }

    /// The name of its schema in responses: the vendor's name, in most cases the name of the type.
    static var schemaName: String { get }
    /// The name of its schema in requests: the name in responses with `Request` at its end, once.
    static var requestSchemaName: String { get }
    /// The name of the schema of a list of these objects.
    static var listingSchemaName: String { get }
}

extension WireObject {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let object = json.object else { throw FieldError(json, isNot: "object") }
        self.init()
        let fields = Self.fields
        // The loop uses indices, since copying a field copies a dozen references.
        for index in fields.indices where side == .response || !fields[index].isReadOnly {
            do {
                try fields[index].read(object[fields[index].name] ?? .null, side, &self)
            } catch {
                throw error.within(fields[index].name)
            }
        }
    }

    public static func declared(in json: JSON) -> JSON {
        guard let object = json.object else { return json }
        var declared = JSON.Object()
        let fields = Self.fields
        for index in fields.indices {
            if let value = object[fields[index].name].flatMap(fields[index].declared) {
                declared.append(fields[index].name, value)
            }
        }
        return .object(declared)
    }

    public var json: JSON {
        var object = JSON.Object()
        let fields = Self.fields
        for index in fields.indices {
            if let value = fields[index].write(self) { object.append(fields[index].name, value) }
        }
        return .object(object)
    }
}

/// One member of a ``WireObject``.
public struct Field<Owner: Sendable>: Sendable {
    /// Its name on the wire.
    public let name: String
    /// Whether the member is required.
    public let isRequired: Bool
    /// Its meaning, for the API document; nil if the name says enough.
    public let about: String?
    let schema: @Sendable (Schema.Side) -> Schema
    let read: @Sendable (JSON, Schema.Side, inout Owner) throws(FieldError) -> Void
    let write: @Sendable (Owner) -> JSON?
    /// Returns the declared part of a value in a patch, or nil if the patch leaves the member unchanged.
    var declared: @Sendable (JSON) -> JSON? = { $0 }
    /// The key path of its stored property; nil for a member that a patch of the SDK cannot name.
    public var path: (any PartialKeyPath<Owner> & Sendable)?
    /// Whether only responses have the member. In a request it is ignored.
    var isReadOnly = false
    /// Whether null in a patch clears the member if it is optional.
    var isClearable = true

    /// This member for responses only.
    var readOnly: Field {
        var field = self
        field.isReadOnly = true
        return field
    }

    /// This member without the possibility to clear it in a patch. It may be absent at creation. A rule refuses to clear it, and the schema
    /// states this.
    var notClearable: Field {
        var field = self
        field.isClearable = false
        return field
    }

    /// Returns a required member.
    ///
    /// Reading refuses null and absence. In responses it accepts them unless `mayMissInAnswers` is false. The constraint applies to requests.
    public static func required<Value: WireValue>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value> & Sendable,
        _ about: String? = nil,
        mayMissInAnswers: Bool = true,
        constraint: Constraint<Value> = Constraint()
    ) -> Field {
        let property = StoredProperty(path)
        return Field(
            name: name,
            isRequired: true,
            about: about,
            schema: { Value.schema($0).with(constraint.keywords) },
            read: { (json, side, owner) throws(FieldError) in
                if json.isNull {
                    if side == .response, mayMissInAnswers { return }
                    throw FieldError(reason: .missing)
                }
                let value = try Value(json: json, side: side)
                if side == .request { try constraint.check(value) }
                property.set(value, of: &owner)
            },
            write: { property.value(of: $0).json },
            declared: Value.declared,
            path: path
        )
    }

    /// Returns the id of an object, which is required in requests and responses.
    public static func id(_ path: any WritableKeyPath<Owner, String> & Sendable, _ about: String? = nil) -> Field {
        required("id", path, about, mayMissInAnswers: false)
    }

    /// Returns a member that may be absent. Nil is not written. The constraint applies to requests.
    public static func optional<Value: WireValue>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable,
        _ about: String? = nil,
        constraint: Constraint<Value> = Constraint()
    ) -> Field {
        let property = StoredProperty(path)
        return Field(
            name: name,
            isRequired: false,
            about: about,
            schema: { Value.schema($0).with(constraint.keywords) },
            read: { (json, side, owner) throws(FieldError) in
                let value = json.isNull ? nil : try Value(json: json, side: side)
                if side == .request, let value { try constraint.check(value) }
                property.set(value, of: &owner)
            },
            write: { property.value(of: $0)?.json },
            declared: Value.declared,
            path: path
        )
    }

    /// Returns an object that may be absent. An empty object is kept and is different from nil.
    static func distinct<Value: WireObject>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable,
        _ about: String? = nil
    ) -> Field {
        object(name, path, about, emptyIsNil: false)
    }

    /// Returns an object that may be absent. An empty object is treated like nil: it is neither kept nor written.
    public static func optional<Value: WireObject>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable,
        _ about: String? = nil
    ) -> Field {
        object(name, path, about, emptyIsNil: true)
    }

    private static func object<Value: WireObject>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable,
        _ about: String?,
        emptyIsNil: Bool
    ) -> Field {
        let property = StoredProperty(path)
        return Field(
            name: name,
            isRequired: false,
            about: about,
            schema: Value.schema,
            read: { (json, side, owner) throws(FieldError) in
                let value = json.isNull ? nil : try Value(json: json, side: side)
                property.set(emptyIsNil && value == Value() ? nil : value, of: &owner)
            },
            write: { owner in
                guard let value = property.value(of: owner), !emptyIsNil || value != Value() else { return nil }
                return value.json
            },
            declared: patch(of: Value.self),
            path: path
        )
    }

    /// Returns the function that reads a patch of an object.
    private static func patch<Value: WireObject>(of type: Value.Type) -> @Sendable (JSON) -> JSON? {
        if let merged = type as? any MergedObject.Type { return { merged.patch($0) } }
        return { Value.declared(in: $0) }
    }
}
