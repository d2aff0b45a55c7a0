import MessagingFiles
import MessagingSDK

/// Reads the names of objects for a person who waits for them, within a short time.
enum NameReader {
    /// The time for the host. With the start of the program it is less than 800 ms.
    private static let limit = Duration.milliseconds(600)
    /// The largest number of pages that are read.
    private static let pages = 10

    /// What has come from the host.
    private enum Event {
        /// The names of a page.
        case page([String])
        /// There are no more names to wait for. They are whole unless the time is over or a call has failed.
        case end(isWhole: Bool)
    }

    /// Returns the names of the objects of a kind, in order: those that have come in time and before a failure. Names are kept only if they are
    /// whole.
    static func names<Entity: ManagedEntity>(_ kind: Entity.Type, profile: String?) async -> [String] {
        guard let account = try? Account(profile: profile) else { return [] }
        let cache = NameCache(account, kind: Entity.command)
        if let names = cache?.names { return names }
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let work = Task {
            let isWhole: Void? = try? await read(kind, account.client(timeout: limit)) { continuation.yield(.page($0)) }
            continuation.yield(.end(isWhole: isWhole != nil))
        }
        let timer = Task {
            try? await Task.sleep(for: limit)
            continuation.yield(.end(isWhole: false))
        }
        defer {
            work.cancel()
            timer.cancel()
        }
        var names: Set<String> = []
        for await event in events {
            switch event {
            case .page(let page): names.formUnion(page)
            case .end(let isWhole):
                let names = names.sorted()
                if isWhole { cache?.keep(names) }
                return names
            }
        }
        return []
    }

    /// Reads the names page by page, and gives those of each page to `body`.
    private static func read<Entity: ManagedEntity>(
        _ kind: Entity.Type,
        _ client: MessagingClient,
        _ body: ([String]) -> Void
    ) async throws {
        for number in 1...pages {
            let page = Entity.Page(try Paging(pageSize: 100, pageNumber: number))
            let response = try await client.call(Entity.listing, page, options: CallOptions(retries: .never))
            body((response.metadata.json?["entities"]?.array ?? []).compactMap { $0["name"]?.string })
            if response.value.entities.isEmpty || number >= response.value.pageCount { return }
        }
    }
}
