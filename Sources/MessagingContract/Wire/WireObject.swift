/// A JSON object whose members are declared once, as ``Field`` values, for reading and for writing.
///
/// Members that are not declared are ignored when it is read. A member that is null counts as absent. A member that must be there
/// and is absent is refused in a request; in a response only `Field.id` is, and all else keeps its initial value.
public protocol WireObject: WireValue {
    /// The object with nothing set.
    init()

    /// Its members, in the order in which they are written.
    static var fields: [Field<Self>] { get }

    /// The name of its schema where it is answered: the vendor's, mostly that of the type.
    static var schemaName: String { get }
    /// The name of its schema where it is taken: the same with `Request` at its end, once.
    static var requestSchemaName: String { get }
    /// The name of the schema of a list of it.
    static var listingSchemaName: String { get }
}

extension WireObject {
    public init(json: JSON, side: Schema.Side) throws(FieldError) {
        guard let object = json.object else { throw FieldError(json, isNot: "object") }
        self.init()
        let fields = Self.fields
        // By their place, since a field is a dozen references to copy.
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
    /// Throws what is wrong with a value.
    public typealias Check<Value> = @Sendable (Value) throws(FieldError) -> Void

    /// Its name on the wire.
    public let name: String
    /// Whether it must be there.
    public let isRequired: Bool
    /// What it means, for documents; nil where the name says it.
    public let about: String?
    let schema: @Sendable (Schema.Side) -> Schema
    let read: @Sendable (JSON, Schema.Side, inout Owner) throws(FieldError) -> Void
    let write: @Sendable (Owner) -> JSON?
    /// Returns what a patch says with a value; nil when it says nothing.
    var declared: @Sendable (JSON) -> JSON? = { $0 }
    /// Where it is kept; nil when more than the value itself is looked at.
    public var path: (any PartialKeyPath<Owner> & Sendable)?
    /// Whether only answers have it; in a request it is ignored.
    var isReadOnly = false
    /// Whether null clears it in a patch, when it may be absent.
    var isClearable = true

    /// The same member, which only answers have.
    var readOnly: Field {
        var field = self
        field.isReadOnly = true
        return field
    }

    /// The same member, which may be absent at creation, but which a patch cannot clear. A rule refuses to clear it, and the schema states
    /// that.
    var notClearable: Field {
        var field = self
        field.isClearable = false
        return field
    }

    /// A member that must be there; null or absent is refused, in an answer unless it `mayMissInAnswers`. `check` refuses what a
    /// request may not say, and `keywords` narrow its schema alike.
    public static func required<Value: WireValue>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value> & Sendable,
        _ about: String? = nil,
        mayMissInAnswers: Bool = true,
        keywords: JSON.Object = [:],
        check: @escaping Check<Value> = { _ in }
    ) -> Field {
        Field(
            name: name,
            isRequired: true,
            about: about,
            schema: { Value.schema($0).with(keywords) },
            read: { (json, side, owner) throws(FieldError) in
                if json.isNull {
                    if side == .response, mayMissInAnswers { return }
                    throw FieldError(reason: .missing)
                }
                let value = try Value(json: json, side: side)
                if side == .request { try check(value) }
                owner[keyPath: path] = value
            },
            write: { $0[keyPath: path].json },
            declared: Value.declared,
            path: path
        )
    }

    /// The id of an object, which must be there on either side.
    public static func id(_ path: any WritableKeyPath<Owner, String> & Sendable, _ about: String? = nil) -> Field {
        required("id", path, about, mayMissInAnswers: false)
    }

    /// A member that may be absent; it is left out when it is nil. `check` and `keywords` are as in a required one.
    public static func optional<Value: WireValue>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable,
        _ about: String? = nil,
        keywords: JSON.Object = [:],
        check: @escaping Check<Value> = { _ in }
    ) -> Field {
        Field(
            name: name,
            isRequired: false,
            about: about,
            schema: { Value.schema($0).with(keywords) },
            read: { (json, side, owner) throws(FieldError) in
                let value = json.isNull ? nil : try Value(json: json, side: side)
                if side == .request, let value { try check(value) }
                owner[keyPath: path] = value
            },
            write: { $0[keyPath: path]?.json },
            declared: Value.declared,
            path: path
        )
    }

    /// An object that may be absent, and that is another value than none also when there is nothing in it.
    static func distinct<Value: WireObject>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable,
        _ about: String? = nil
    ) -> Field {
        Field(
            name: name,
            isRequired: false,
            about: about,
            schema: Value.schema,
            read: { (json, side, owner) throws(FieldError) in
                owner[keyPath: path] = json.isNull ? nil : try Value(json: json, side: side)
            },
            write: { $0[keyPath: path]?.json },
            declared: Value.declared,
            path: path
        )
    }

    /// An object that may be absent. An object with nothing in it is the same as none: it is neither kept nor written.
    public static func optional<Value: WireObject>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable,
        _ about: String? = nil
    ) -> Field {
        Field(
            name: name,
            isRequired: false,
            about: about,
            schema: Value.schema,
            read: { (json, side, owner) throws(FieldError) in
                let value = json.isNull ? nil : try Value(json: json, side: side)
                owner[keyPath: path] = value == Value() ? nil : value
            },
            write: { owner in
                guard let value = owner[keyPath: path], value != Value() else { return nil }
                return value.json
            },
            declared: patch(of: Value.self),
            path: path
        )
    }

    /// Returns how a patch of an object is read.
    private static func patch<Value: WireObject>(of type: Value.Type) -> @Sendable (JSON) -> JSON? {
        if let merged = type as? any MergedObject.Type { return { merged.patch($0) } }
        return { Value.declared(in: $0) }
    }
}
