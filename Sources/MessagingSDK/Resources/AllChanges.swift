public import MessagingContract

/// Changes from the newest to the oldest (`for try await change in client.changes.all()`). Each page is requested when it is needed.
///
/// The walk stays at the revision of the first change that it yielded. So it yields each change once, also if objects change meanwhile.
public struct AllChanges: AsyncSequence, Sendable {
    public typealias Element = ObjectChange
    public typealias Failure = MessagingError

    let asOf: Int?
    let page: @Sendable (_ number: Int, _ asOf: Int?) async throws(MessagingError) -> Listing<ObjectChange>

    public func makeAsyncIterator() -> Iterator { Iterator(walk: PageWalk(Pages(asOf: asOf, request: page))) }

    /// One walk.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var walk: PageWalk<Pages>

        /// Returns the next change; nil after the last. Throws the error of a request for a page; the next call requests that page again.
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
