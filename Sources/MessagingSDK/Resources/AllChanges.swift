public import MessagingContract

/// Changes from the newest to the oldest, page by page, as they are asked for (`for try await change in client.changes.all()`).
///
/// The walk stays at the revision of the first change that it found, so that each change is there once, whatever is changed meanwhile.
public struct AllChanges: AsyncSequence, Sendable {
    public typealias Element = ObjectChange
    public typealias Failure = MessagingError

    let asOf: Int?
    let page: @Sendable (_ number: Int, _ asOf: Int?) async throws(MessagingError) -> Listing<ObjectChange>

    public func makeAsyncIterator() -> Iterator { Iterator(walk: PageWalk(Pages(asOf: asOf, request: page))) }

    /// One walk.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var walk: PageWalk<Pages>

        /// The next change; nil after the last. Throws what the request for a page throws; the next call asks for that page again.
        public mutating func next() async throws(MessagingError) -> ObjectChange? { try await walk.next() }
    }

    /// The pages of the changes up to one revision.
    fileprivate struct Pages: WalkedPages {
        var asOf: Int?
        let request: @Sendable (_ number: Int, _ asOf: Int?) async throws(MessagingError) -> Listing<ObjectChange>

        func page(_ number: Int) async throws(MessagingError) -> Listing<ObjectChange> {
            try await request(number, asOf)
        }

        mutating func read(
            _ page: Listing<ObjectChange>,
            number: Int
        ) throws(MessagingError) -> (entities: ArraySlice<ObjectChange>, isLast: Bool) {
            asOf = asOf ?? page.entities.first?.revision
            return (page.entities[...], page.entities.isEmpty || number >= page.pageCount)
        }
    }
}
