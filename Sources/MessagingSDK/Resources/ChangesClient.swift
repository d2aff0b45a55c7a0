public import MessagingContract

/// The history of the organization: `client.changes`.
///
/// ```swift
/// for try await change in client.changes.all(kind: .settings, id: id) {
///     print(change.date, change.user?.id ?? "", change.after.map { "\(JSON.object($0))" } ?? "deleted")
/// }
/// ```
///
/// Changes that the server has dropped, which keeps so many and for so long as its operator says, are not there.
public struct ChangesClient: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Returns a page of the changes, the newest first: of all objects, of those of a kind, or of the one with this id. It has the changes
    /// up to and including the revision `asOf`, which is the present one unless given. The first change of an object shows the object as of
    /// that revision. `pageSize` is 1 to 100, `pageNumber` from 1. A page past the end has no changes.
    ///
    /// Fails with 400 for a revision that does not exist yet. Fails without a request when the numbers are out of range or an id comes
    /// without its kind.
    ///
    /// Wraps `GET /platform/v1/changes` (`messaging:audit:view`).
    public func list(
        kind: ObjectKind? = nil,
        id: String? = nil,
        asOf: Int? = nil,
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Listing<ObjectChange> {
        let endpoint = HistoryEndpoints.changes
        let query: ChangesQuery
        do {
            query = try ChangesQuery(Paging(pageSize: pageSize, pageNumber: pageNumber), kind: kind, id: id, asOf: asOf)
        } catch {
            throw MessagingError(.invalidRequest, error.message, operation: endpoint.operation.id)
        }
        return try await connection.call(endpoint, query, NoBody(), options).value
    }

    /// All these changes, page by page, as they are asked for. What changes during the walk is not among them.
    public func all(
        kind: ObjectKind? = nil,
        id: String? = nil,
        asOf: Int? = nil,
        pageSize: Int = 100,
        options: CallOptions = CallOptions()
    ) -> AllChanges {
        AllChanges(asOf: asOf) { (number, asOf) throws(MessagingError) in
            try await list(kind: kind, id: id, asOf: asOf, pageSize: pageSize, pageNumber: number, options: options)
        }
    }
}
