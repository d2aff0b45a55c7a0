public import MessagingContract

/// All objects of a list (`for try await object in client.settings.all()`). Each page is requested when it is needed.
///
/// The walk yields no id twice. It ends at one of these pages:
/// - the host's last page, which has no `nextUri` and whose number is its `pageCount`
/// - an empty page
/// - a page that is the one before it once more, and not the requested one
///
/// It fails after a thousand pages in a row without a new object.
///
/// Objects may change during the walk:
/// - An object that exists all the time and keeps its name is yielded, with one exception. If an object before it is deleted or renamed, it
///   may move to a page that was already read. Each such change omits at most one object.
/// - An object that is created or renamed is yielded if its new place is behind that of the walk.
public struct AllObjects<Entity: WireObject & Identifiable<String>>: AsyncSequence, Sendable {
    public typealias Element = Entity
    public typealias Failure = MessagingError

    let page: @Sendable (_ number: Int) async throws(MessagingError) -> Listing<Entity>

    public func makeAsyncIterator() -> Iterator { Iterator(walk: PageWalk(Pages(request: page))) }

    /// One walk.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var walk: PageWalk<Pages>

        /// Returns the next object; nil after the last. Throws the error of a request for a page; the next call requests that page again.
        public mutating func next() async throws(MessagingError) -> Entity? { try await walk.next() }
    }

    /// The pages of a list that may change during the walk.
    fileprivate struct Pages: WalkedPages {
        let request: @Sendable (_ number: Int) async throws(MessagingError) -> Listing<Entity>
        private var seen: Set<String> = []
        private var last: [String] = []
        private var fruitless = 0

        /// The number of pages in a row that may have no new object. Other clients can insert objects while this walk reads.
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
