import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operation that lists changes.
    ///
    /// The entity tag is computed from the bytes, because they depend on more than the revision: changes that are dropped from the history
    /// vanish from every page. A page passes the gate before it is read, and leaves it when the response is made. From then on it counts as
    /// an unsent response.
    mutating func addChanges(_ organizations: Organizations, _ gate: ReadGate) {
        let endpoint = HistoryEndpoints.changes
        on(endpoint) { (query, _, call, caller) throws(APIError) in
            let query = try query.settled(at: Int(caller.organization.revision))
            return try await gate.run(for: caller.organizationID) { () throws(APIError) in
                let (changes, total) = try await organizations.changes(for: caller, query)
                let path = endpoint.operation.path
                let links = PageLinks(page: query.page, total: total, path: path, filter: query.filter)
                let finish = { @Sendable () throws(APIError) in
                    let bytes = links.bytes(with: changes)
                    return Reply<Listing<ObjectChange>>(bytes: bytes, tag: EntityTag(of: bytes))
                }
                let size = changes.reduce(0) { $0 + $1.count }
                return size <= ResponseWork.atOnce ? try finish() : try await call.onLane(finish)
            }
        }
    }

    /// Adds the operation that restores earlier versions of a kind's objects.
    mutating func addRestorations<R: Resource & OperationResponse>(
        _ endpoint: Endpoint<EntityID, RestorationRequest, R>,
        _ organizations: Organizations
    ) {
        addRestorations(endpoint, of: R.self, organizations) { (entry, _, _) throws(APIError) in Reply(entry) }
    }

    /// Adds the operation that restores earlier versions of a kind's objects if responses have another form than the stored objects.
    /// `reply` creates that form for the caller from the draft's organization.
    mutating func addRestorations<R: Resource, Response>(
        _ endpoint: Endpoint<EntityID, RestorationRequest, Response>,
        of type: R.Type,
        _ organizations: Organizations,
        _ reply: @escaping @Sendable (Entry, Organization, Caller) throws(APIError) -> Reply<Response>
    ) {
        on(endpoint) { (target, request, call, caller) throws(APIError) in
            try await organizations.restore(
                type,
                target.id,
                version: request.version?.number,
                in: caller.organization.id,
                by: call.author(caller, endpoint.operation),
                once: try await call.idempotencyKey(of: caller, for: endpoint.operation),
                given: call.precondition,
                permitting: { (isDeleted) throws(APIError) in
                    let needed = RestorationPermissions.needed(of: endpoint.operation, isDeleted: isDeleted)
                    try caller.authorize(endpoint.operation.access, needed)
                },
                answering: { (entry, organization) throws(APIError) in try reply(entry, organization, caller) }
            )
        }
    }
}
