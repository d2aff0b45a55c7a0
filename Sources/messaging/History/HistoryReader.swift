import MessagingFiles
import MessagingSDK

/// Reads the history of an organization. Only servers of this project have one.
struct HistoryReader {
    private let client: MessagingClient

    /// Creates a reader of an account's host. Throws a failure for a host that has no history.
    init(_ account: Account) throws(Failure) {
        guard account.host.honorsIdempotencyKeys else { throw .notOffered("history") }
        client = account.client
    }

    /// Calls `visit` with the changes of a kind and an id, or with all if these are nil, the newest first, until it returns false. Changes that
    /// are made meanwhile are left out.
    func walk(
        kind: ObjectKind? = nil,
        id: String? = nil,
        pageSize: Int = 100,
        options: CallOptions = CallOptions(),
        visit: (HistoryChange) throws -> Bool
    ) async throws {
        var (number, asOf): (Int, Int?) = (1, nil)
        while true {
            let page = try Paging(pageSize: pageSize, pageNumber: number)
            let query = try ChangesQuery(page, kind: kind, id: kind == nil ? nil : id, asOf: asOf)
            let (changes, pageCount) = try await changes(query, options)
            for change in changes where try !visit(change) { return }
            guard !changes.isEmpty, number < pageCount else { return }
            asOf = asOf ?? changes.first?.value.revision
            number += 1
        }
    }

    private func changes(
        _ query: ChangesQuery,
        _ options: CallOptions
    ) async throws -> (changes: [HistoryChange], pageCount: Int) {
        do {
            let response = try await client.call(HistoryEndpoints.changes, query, options: options)
            let documents = response.metadata.json?["entities"]?.array ?? []
            return (zip(response.value.entities, documents).map(HistoryChange.init), response.value.pageCount)
        } catch {
            guard error.status == 404 else { throw error }
            throw Failure.notOffered("history")
        }
    }
}
