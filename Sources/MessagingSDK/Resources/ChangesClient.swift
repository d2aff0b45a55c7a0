public import MessagingContract

/// The history of the organization: `client.changes`.
///
/// ```swift
/// for try await change in client.changes.all(kind: .settings, id: id) {
///     print(change.date, change.user?.id ?? "", change.after.map { "\(JSON.object($0))" } ?? "deleted")
/// }
/// ```
///
/// A server drops old changes, by limits on their number and age that its operator sets.
public struct ChangesClient: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Returns a page of the changes, the newest first: of all objects, of the objects of a kind, or of the object with an id. It has the
    /// changes up to and including the revision `asOf`, by default the present one. The first change of an object shows the object as of
    /// that revision. `pageSize` is 1 to 100, `pageNumber` from 1. A page past the end has no changes.
    ///
    /// Fails with 400 for a revision that does not exist yet. Fails without a request if a number is out of range, or an id is given without
    /// its kind.
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

    /// Returns all of these changes as a sequence, which requests each page when it is needed. Changes during the walk are not part of it.
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
