import MessagingContract

/// The pages of a list, as one walk reads them.
protocol WalkedPages: Sendable {
    /// The objects of the list.
    associatedtype Entity: WireObject
    /// Requests the page of this number, from 1.
    func page(_ number: Int) async throws(MessagingError) -> Listing<Entity>
    /// Returns the objects of a page that the walk yields, and whether the page is the last one.
    mutating func read(
        _ page: Listing<Entity>,
        number: Int
    ) throws(MessagingError) -> (entities: ArraySlice<Entity>, isLast: Bool)
}

/// A walk through the pages of a list. It requests each page when the objects of the page before have been taken.
struct PageWalk<Pages: WalkedPages> {
    private var pages: Pages
    private var buffer: ArraySlice<Pages.Entity> = []
    private var number = 0
    private var isLast = false

    init(_ pages: Pages) { self.pages = pages }

    /// Returns the next object; nil after the last. Throws the error of a request for a page; the next call requests that page again.
    mutating func next() async throws(MessagingError) -> Pages.Entity? {
        while buffer.isEmpty {
            if isLast { return nil }
            let page = try await pages.page(number + 1)
            number += 1
            (buffer, isLast) = try pages.read(page, number: number)
        }
        return buffer.popFirst()
    }
}
