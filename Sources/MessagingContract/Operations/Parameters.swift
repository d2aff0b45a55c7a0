/// What an operation takes in its path and query. It prints what it parses.
public protocol OperationParameters: Sendable {
    /// Reads the decoded holes of the path, in order, and the query; throws the 400 that names the parameter.
    init(holes: [String], query: Query) throws(APIError)
    /// The holes of the path, in order, not yet encoded.
    var holes: [String] { get }
    /// The query's items, not yet encoded.
    var query: Query { get }
}

extension OperationParameters {
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
}

/// Which page of a list.
public struct Paging: OperationParameters, Hashable {
    /// Objects on a page, 1 to 100 (our own limit), 25 unless told.
    public let pageSize: Int
    /// The page's number, from 1 to 2147483647.
    public let pageNumber: Int

    /// Sizes that are taken.
    public static let sizes = 1...100
    /// Numbers that are taken.
    public static let numbers = 1...Int(Int32.max)

    /// A page; throws 400 `invalid.query.param.value` when a value is out of range.
    public init(pageSize: Int = 25, pageNumber: Int = 1) throws(APIError) {
        self.pageSize = try Self.check(pageSize, Self.sizes, "pageSize", "\(pageSize)")
        self.pageNumber = try Self.check(pageNumber, Self.numbers, "pageNumber", "\(pageNumber)")
    }

    /// Reads `pageSize` and `pageNumber`; one that is absent or empty has its default.
    public init(holes: [String], query: Query) throws(APIError) {
        pageSize = try Self.read("pageSize", query, default: 25, in: Self.sizes)
        pageNumber = try Self.read("pageNumber", query, default: 1, in: Self.numbers)
    }

    public var query: Query { Query([("pageSize", "\(pageSize)"), ("pageNumber", "\(pageNumber)")]) }

    /// How many objects come before the page.
    public var offset: Int { (pageNumber - 1) * pageSize }

    private static func read(
        _ name: String,
        _ query: Query,
        default value: Int,
        in range: ClosedRange<Int>
    ) throws(APIError) -> Int {
        guard let text = query[name], !text.isEmpty else { return value }
        let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return try check(isDigits ? Int(text) : nil, range, name, text)
    }

    private static func check(
        _ value: Int?,
        _ range: ClosedRange<Int>,
        _ name: String,
        _ text: String
    ) throws(APIError) -> Int {
        guard let value, range.contains(value) else {
            throw .invalidParameter(name, value: text, allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
