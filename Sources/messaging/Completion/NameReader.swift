import MessagingFiles
import MessagingSDK

/// Reads the names of objects for a person who waits for them: within a short time, or none.
enum NameReader {
    /// The time for the host. With the start of the program it is less than 800 ms.
    private static let limit = Duration.milliseconds(600)
    /// The largest number of pages that are read.
    private static let pages = 10

    /// Returns the names of the objects of a kind, in order. Returns none after any failure.
    static func names<Entity: ManagedEntity>(_ kind: Entity.Type, profile: String?) async -> [String] {
        guard let account = try? Account(profile: profile) else { return [] }
        let cache = NameCache(account, kind: Entity.command)
        if let names = cache?.names { return names }
        guard let names = await first(within: limit, { try await read(kind, account.client(timeout: limit)) }) else {
            return []
        }
        cache?.keep(names)
        return names
    }

    private static func read<Entity: ManagedEntity>(_ kind: Entity.Type, _ client: MessagingClient) async throws
        -> [String]
    {
        var names: Set<String> = []
        for number in 1...pages {
            let page = Entity.Page(try Paging(pageSize: 100, pageNumber: number))
            let response = try await client.call(Entity.listing, page, options: CallOptions(retries: .never))
            names.formUnion((response.metadata.json?["entities"]?.array ?? []).compactMap { $0["name"]?.string })
            if response.value.entities.isEmpty || number >= response.value.pageCount { break }
        }
        return names.sorted()
    }

    /// Returns the value of `body`, or nil if it throws or takes longer. Does not wait for its end then.
    private static func first<Value: Sendable>(
        within limit: Duration,
        _ body: @escaping @Sendable () async throws -> Value
    ) async -> Value? {
        let (results, continuation) = AsyncStream.makeStream(of: Value?.self)
        let work = Task { continuation.yield(try? await body()) }
        let timer = Task {
            try? await Task.sleep(for: limit)
            continuation.yield(nil)
        }
        defer {
            work.cancel()
            timer.cancel()
        }
        for await result in results { return result }
        return nil
    }
}
