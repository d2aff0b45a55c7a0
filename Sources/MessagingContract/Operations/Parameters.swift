/// What an operation takes in its path and query. It prints what it parses.
public protocol OperationParameters: Sendable {
    /// Reads the decoded holes of the path, in order, and the query; throws the 400 that names the parameter.
    init(holes: [String], query: Query) throws(APIError)
    /// The holes of the path, in order, not yet encoded.
    var holes: [String] { get }
    /// The query's items, not yet encoded.
    var query: Query { get }
    /// What documents say of them, for an operation at `path`.
    static func descriptions(path: String) -> [ParameterDescription]
}

extension OperationParameters {
    public static func descriptions(path: String) -> [ParameterDescription] { [] }
    public var holes: [String] { [] }
    public var query: Query { Query() }
}

/// No parameters; whatever was sent is ignored.
public struct NoParameters: OperationParameters {
    /// No parameters.
    public init() {}

    public init(holes: [String], query: Query) throws(APIError) {}
}

/// The id in the path of an operation on one object. Ids are opaque: any string may be one.
public struct EntityID: OperationParameters {
    /// The object's id.
    public let id: String

    /// The object with this id.
    public init(_ id: String) { self.id = id }

    public init(holes: [String], query: Query) throws(APIError) {
        guard let id = holes.first else { throw .notFound }
        self.id = id
    }

    public var holes: [String] { [id] }

    public static func descriptions(path: String) -> [ParameterDescription] {
        path.holes.map { name in
            ParameterDescription(
                name: name,
                place: .path,
                about: "The id of the object; any string may be one",
                schema: ["type": "string", "minLength": 1]
            )
        }
    }
}

extension String {
    /// The names of the holes of a path, in order.
    var holes: [String] {
        split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }
}

/// Which page of a list.
public struct Paging: OperationParameters, Hashable {
    /// Objects on a page, 1 to 100 (our own limit), 25 by default.
    public let pageSize: Int
    /// The page's number, from 1 to 2147483647.
    public let pageNumber: Int

    private static let size = IntegerParameter(
        name: "pageSize",
        range: 1...100,
        value: 25,
        about: "How many objects stand on a page"
    )
    private static let number = IntegerParameter(
        name: "pageNumber",
        range: 1...Int(Int32.max),
        value: 1,
        about: "Which page"
    )

    /// A page; throws 400 `invalid.query.param.value` when a value is out of range.
    public init(pageSize: Int = 25, pageNumber: Int = 1) throws(APIError) {
        self.pageSize = try Self.size.check(pageSize, "\(pageSize)")
        self.pageNumber = try Self.number.check(pageNumber, "\(pageNumber)")
    }

    /// Reads `pageSize` and `pageNumber`; one that is absent or empty has its default.
    public init(holes: [String], query: Query) throws(APIError) {
        pageSize = try Self.size.read(query)
        pageNumber = try Self.number.read(query)
    }

    public var query: Query { Query([("pageSize", "\(pageSize)"), ("pageNumber", "\(pageNumber)")]) }

    public static func descriptions(path: String) -> [ParameterDescription] { [size.description, number.description] }

    /// How many objects come before the page.
    public var offset: Int { (pageNumber - 1) * pageSize }
}
