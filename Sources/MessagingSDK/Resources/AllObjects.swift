public import MessagingContract

/// All objects of a list, page by page, as they are asked for (`for try await object in client.settings.all()`).
///
/// It yields no id twice, and it ends: with the host's last page, which has no `nextUri` and whose number is its `pageCount`, with an
/// empty one, or with one that is not the page that was asked for, but the one before it once more. A host whose pages bring nothing
/// new a thousand times in a row makes it fail. What was there from the beginning of the walk to its end and kept its name is yielded,
/// with one exception: an object that is deleted during the walk, or renamed, moves those behind it forward by one, and one of them may
/// slip from the next page onto one that was read already; it is left out then. An object that is created or renamed during the walk is
/// yielded when it comes to stand behind the place that the walk has reached.
public struct AllObjects<Entity: WireObject & Identifiable<String>>: AsyncSequence, Sendable {
    public typealias Element = Entity
    public typealias Failure = MessagingError

    let page: @Sendable (_ number: Int) async throws(MessagingError) -> Listing<Entity>

    public func makeAsyncIterator() -> Iterator { Iterator(walk: PageWalk(Pages(request: page))) }

    /// One walk.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var walk: PageWalk<Pages>

        /// The next object; nil after the last. Throws what the request for a page throws; the next call asks for that page
        /// again.
        public mutating func next() async throws(MessagingError) -> Entity? { try await walk.next() }
    }

    /// The pages of a list that may change during the walk.
    fileprivate struct Pages: WalkedPages {
        let request: @Sendable (_ number: Int) async throws(MessagingError) -> Listing<Entity>
        private var seen: Set<String> = []
        private var last: [String] = []
        private var fruitless = 0

        /// So many pages in a row may bring nothing new: as many as others can fill while this walk reads them.
        private static var patience: Int { 1_000 }

        init(request: @escaping @Sendable (_ number: Int) async throws(MessagingError) -> Listing<Entity>) {
            self.request = request
        }

        func page(_ number: Int) async throws(MessagingError) -> Listing<Entity> { try await request(number) }

        mutating func read(
            _ page: Listing<Entity>,
            number: Int
        ) throws(MessagingError) -> (entities: ArraySlice<Entity>, isLast: Bool) {
            let ids = page.entities.map(\.id)
            let entities = page.entities.filter { seen.insert($0.id).inserted }
            fruitless = entities.isEmpty ? fruitless + 1 : 0
            let isLast =
                ids.isEmpty || (ids == last && page.pageNumber != number)
                || (page.nextUri == nil && number >= page.pageCount)
            last = ids
            if !isLast, fruitless >= Self.patience {
                throw MessagingError(.unreadable, "the pages of the list do not end")
            }
            return (entities[...], isLast)
        }
    }
}
