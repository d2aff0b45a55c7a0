/// One page of a list without its objects: its place in the list, and the URIs of the pages around it.
package struct PageLinks: Sendable {
    /// The page.
    package let page: Paging
    /// The number of objects on all pages.
    package let total: Int
    /// The number of pages; 0 if there are no objects.
    package let pageCount: Int
    /// The number of the last page, which is the first page if there are no objects.
    package let last: Int
    /// The number of the next page; nil on the last page and past it.
    package let next: Int?
    /// The number of the previous page; nil on the first page.
    package let previous: Int?
    /// The part of each URI before the number of its page.
    package let beforeNumber: String
    /// The part of each URI after the number of its page.
    package let afterNumber: String

    /// Creates the links of a page of a list of `total` objects at `path`. `filter` is the query that selected them, without paging.
    package init(page: Paging, total: Int, path: String, filter: Query = Query()) {
        self.page = page
        self.total = total
        pageCount = total / page.pageSize + (total % page.pageSize == 0 ? 0 : 1)
        last = max(1, pageCount)
        let own = page.pageNumber
        next = own < pageCount ? own + 1 : nil
        previous = own > 1 && pageCount > 0 ? min(own - 1, pageCount) : nil
        beforeNumber = "\(path)?pageSize=\(page.pageSize)&pageNumber="
        afterNumber = filter.items.isEmpty ? "" : "&\(filter.text)"
    }

    /// Returns the path and query of the page with a number.
    package func uri(_ number: Int) -> String { "\(beforeNumber)\(number)\(afterNumber)" }
}
