/// One page of a list, the form of the vendor's `MessagingConfigListing` and `SupportedContentListing`.
public struct Listing<Entity: WireObject>: WireObject {
    /// The page's objects, ordered by name and then id, changes from the newest on; empty past the end.
    public var entities: [Entity] = []
    /// The page size that was asked for.
    public var pageSize = 25
    /// The page's number, from 1.
    public var pageNumber = 1
    /// How many objects there are on all pages.
    public var total = 0
    /// How many pages there are; 0 when there are no objects.
    public var pageCount = 0
    /// The path and query of this page, in the family of paths that was called, as are the others.
    public var selfUri: String?
    /// The first page.
    public var firstUri: String?
    /// The last page, the first one when there are no objects.
    public var lastUri: String?
    /// The next page; nil on the last one and past it.
    public var nextUri: String?
    /// The page before; nil on the first one.
    public var previousUri: String?

    /// A page with nothing on it.
    public init() {}

    /// The page without its objects, for a list of `total` objects at `path` that these items of the query, besides the page's, have chosen.
    public init(page: Paging, total: Int, path: String, filter: Query = Query()) {
        pageSize = page.pageSize
        pageNumber = page.pageNumber
        self.total = total
        pageCount = total / pageSize + (total % pageSize == 0 ? 0 : 1)
        let rest = filter.items.isEmpty ? "" : "&\(filter.text)"
        let uri = { (number: Int) in "\(path)?pageSize=\(page.pageSize)&pageNumber=\(number)\(rest)" }
        selfUri = uri(pageNumber)
        firstUri = uri(1)
        lastUri = uri(max(1, pageCount))
        nextUri = pageNumber < pageCount ? uri(pageNumber + 1) : nil
        previousUri = pageNumber > 1 && pageCount > 0 ? uri(min(pageNumber - 1, pageCount)) : nil
    }

    public static var schemaName: String { Entity.listingSchemaName }

    public static var fields: [Field<Self>] {
        GenericFields.of(Self.self) {
            [
                .required("entities", \.entities, mayMissInAnswers: false), .required("pageSize", \.pageSize),
                .required("pageNumber", \.pageNumber), .required("total", \.total), .optional("firstUri", \.firstUri),
                .optional("previousUri", \.previousUri), .optional("nextUri", \.nextUri),
                .optional("lastUri", \.lastUri), .optional("selfUri", \.selfUri), .required("pageCount", \.pageCount),
            ]
        }
    }
}

extension Listing: ReadableResponse { public static var isTagged: Bool { true } }
