/// One page of a list, the form of the vendor's `MessagingConfigListing` and `SupportedContentListing`.
public struct Listing<Entity: WireObject>: WireObject {
    /// The objects of the page, ordered by name and then id. Changes are ordered from the newest on. The list is empty past the last page.
    public var entities: [Entity] = []
    /// The requested page size.
    public var pageSize = 25
    /// The page's number, from 1.
    public var pageNumber = 1
    /// The number of objects on all pages.
    public var total = 0
    /// The number of pages; 0 if there are no objects.
    public var pageCount = 0
    /// The path and query of this page. Like the other URIs it uses the path that the request used.
    public var selfUri: String?
    /// The URI of the first page.
    public var firstUri: String?
    /// The URI of the last page, which is the first page if there are no objects.
    public var lastUri: String?
    /// The URI of the next page; nil on the last page and past it.
    public var nextUri: String?
    /// The URI of the previous page; nil on the first page.
    public var previousUri: String?

    /// Creates an empty page.
    public init() {}

    /// Creates a page without its objects, for a list of `total` objects at `path`. `filter` is the query that selected them, without
    /// paging.
    public init(page: Paging, total: Int, path: String, filter: Query = Query()) {
        let links = PageLinks(page: page, total: total, path: path, filter: filter)
        pageSize = page.pageSize
        pageNumber = page.pageNumber
        self.total = total
        pageCount = links.pageCount
        selfUri = links.uri(pageNumber)
        firstUri = links.uri(1)
        lastUri = links.uri(links.last)
        nextUri = links.next.map(links.uri)
        previousUri = links.previous.map(links.uri)
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
