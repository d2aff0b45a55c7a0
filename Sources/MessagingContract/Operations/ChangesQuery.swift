/// A query for a page of an organization's changes.
public struct ChangesQuery: OperationParameters, Hashable {
    /// The page.
    public let page: Paging
    /// The kind of the changed objects; nil for all kinds.
    public let kind: ObjectKind?
    /// The id of the changed object; nil for all objects.
    public let id: String?
    /// The last revision whose changes are listed; nil for the present revision.
    public let asOf: Int?

    /// Creates a query for changes up to and including a revision: of all objects, of a kind, or of the object with this id.
    ///
    /// Throws a 400 `invalid.query.param.value` for an id without a kind, and for a revision below 0.
    public init(_ page: Paging, kind: ObjectKind? = nil, id: String? = nil, asOf: Int? = nil) throws(APIError) {
        if id != nil, kind == nil { throw .invalidParameter("id", asksFor: "kind") }
        if let asOf, asOf < 0 { throw Self.refused("\(asOf)", upTo: nil) }
        self.page = page
        self.kind = kind
        self.id = id
        self.asOf = asOf
    }

    /// Reads the query. An absent or empty item does not restrict the list.
    public init(pathParameters: [String], query: Query) throws(APIError) {
        let kind = try query.value(of: "kind").map(Self.kind)
        let asOf = try query.value(of: "asOf").map(Self.revision)
        try self.init(
            Paging(pathParameters: pathParameters, query: query),
            kind: kind,
            id: query.value(of: "id"),
            asOf: asOf
        )
    }

    public var query: Query { Query(page.query.items + filter.items) }

    /// The query without the page.
    public var filter: Query {
        let items = [("kind", kind?.rawValue), ("id", id), ("asOf", asOf.map(String.init))]
        return Query(items.compactMap { name, value in value.map { (name, $0) } })
    }

    /// Returns this query with a revision: its own, or `present`, the present revision, if it has none.
    ///
    /// Throws a 400 `invalid.query.param.value` if the query's own revision is after `present`.
    public func settled(at present: Int) throws(APIError) -> ChangesQuery {
        if let asOf, asOf > present { throw Self.refused("\(asOf)", upTo: present) }
        return try ChangesQuery(page, kind: kind, id: id, asOf: asOf ?? present)
    }

    public static func descriptions(path: String) -> [ParameterDescription] {
        let kinds = JSON.array(ObjectKind.allCases.map { .string($0.rawValue) })
        return Paging.descriptions(path: path) + [
            description("kind", "Only changes of objects of this kind", ["type": "string", "enum": kinds]),
            description("id", "Only changes of the object with this id; requires kind", ["type": "string"]),
            description(
                "asOf",
                "Only changes up to and including this revision, which must not be later than the current one",
                ["type": "integer", "minimum": 0, "maximum": JSON(integerLiteral: .max)]
            ),
        ]
    }

    private static func description(_ name: String, _ about: String, _ schema: JSON) -> ParameterDescription {
        ParameterDescription(name: name, location: .query, about: about, schema: schema)
    }

    private static func kind(_ text: String) throws(APIError) -> ObjectKind {
        let kinds = ObjectKind.allCases
        guard let kind = kinds.first(where: { $0.rawValue == text }) else {
            throw .invalidParameter("kind", value: text, allowed: kinds.map(\.rawValue).joined(separator: ", "))
        }
        return kind
    }

    private static func revision(_ text: String) throws(APIError) -> Int {
        guard text.utf8.allSatisfy(\.isDigit), let revision = Int(text) else {
            throw refused(text, upTo: nil)
        }
        return revision
    }

    private static func refused(_ value: String, upTo present: Int?) -> APIError {
        let last = present.map(String.init) ?? "the present revision"
        return .invalidParameter("asOf", value: value, allowed: "0 to \(last)")
    }
}
