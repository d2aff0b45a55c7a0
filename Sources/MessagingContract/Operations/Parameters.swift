/// The parameters in an operation's path and query. A value writes the same form that it reads.
public protocol OperationParameters: Sendable {
    /// Reads the decoded path parameters, in order, and the query. Throws a 400 that names the parameter.
    init(pathParameters: [String], query: Query) throws(APIError)
    /// The path parameters in order, not yet encoded.
    var pathParameters: [String] { get }
    /// The items of the query, not yet encoded.
    var query: Query { get }
    /// Returns descriptions for the API document, for an operation at `path`.
    static func descriptions(path: String) -> [ParameterDescription]
}

extension OperationParameters {
    public static func descriptions(path: String) -> [ParameterDescription] { [] }
    public var pathParameters: [String] { [] }
    public var query: Query { Query() }
}

/// The parameters of an operation that lists objects.
public protocol PageParameters: OperationParameters {
    /// Creates the parameters for this page of all objects.
    init(_ page: Paging)
}

/// The parameters of an operation on one object.
public protocol ObjectParameters: OperationParameters {
    /// Creates the parameters for the object with this id.
    init(_ id: String)
}

/// A value for an operation without parameters. Parameters that were sent anyway are ignored.
public struct NoParameters: OperationParameters {
    /// Creates a value.
    public init() {}

    public init(pathParameters: [String], query: Query) throws(APIError) {}
}

/// The id in the path of an operation on one object. Ids are opaque: any string may be an id.
public struct EntityID: ObjectParameters {
    /// The object's id.
    public let id: String

    /// Creates the parameters for the object with this id.
    public init(_ id: String) { self.id = id }

    public init(pathParameters: [String], query: Query) throws(APIError) {
        guard let id = pathParameters.first else { throw .notFound }
        self.id = id
    }

    public var pathParameters: [String] { [id] }

    public static func descriptions(path: String) -> [ParameterDescription] {
        path.pathParameterNames.map { name in
            ParameterDescription(
                name: name,
                location: .path,
                about: "The id of the object; an id may be any string",
                schema: ["type": "string", "minLength": 1]
            )
        }
    }
}

extension String {
    /// The names of the path parameters in a path, in order.
    var pathParameterNames: [String] {
        split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }
}

/// The page of a list that a request selects.
public struct Paging: PageParameters, Hashable {
    /// The number of objects per page, 1 to 100 (our own limit), 25 by default.
    public let pageSize: Int
    /// The page's number, from 1 to 2147483647.
    public let pageNumber: Int

    private static let size = IntegerParameter(
        name: "pageSize",
        range: 1...100,
        value: 25,
        about: "The number of objects on a page"
    )
    private static let number = IntegerParameter(
        name: "pageNumber",
        range: 1...Int(Int32.max),
        value: 1,
        about: "The number of the page"
    )

    /// Creates a page. Throws a 400 `invalid.query.param.value` if a value is out of range.
    public init(pageSize: Int = 25, pageNumber: Int = 1) throws(APIError) {
        self.pageSize = try Self.size.check(pageSize, "\(pageSize)")
        self.pageNumber = try Self.number.check(pageNumber, "\(pageNumber)")
    }

    public init(_ page: Paging) { self = page }

    /// Reads `pageSize` and `pageNumber`. An absent or empty parameter has its default value.
    public init(pathParameters: [String], query: Query) throws(APIError) {
        pageSize = try Self.size.read(query)
        pageNumber = try Self.number.read(query)
    }

    public var query: Query { Query([("pageSize", "\(pageSize)"), ("pageNumber", "\(pageNumber)")]) }

    public static func descriptions(path: String) -> [ParameterDescription] { [size.description, number.description] }

    /// The number of objects before the page.
    public var offset: Int { (pageNumber - 1) * pageSize }
}
