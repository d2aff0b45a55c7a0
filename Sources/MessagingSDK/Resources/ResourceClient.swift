public import MessagingContract

/// The operations on one kind of resource: `client.settings`, `client.supportedContent`.
public struct ResourceClient<
    Entity: WireObject & ReadableResponse & Identifiable<String>,
    Request: WireObject & OperationBody,
    Choice: DefaultChoice
>: Sendable {
    private let connection: Connection
    private let endpoints: Endpoints

    init(_ connection: Connection, _ endpoints: Endpoints) {
        self.connection = connection
        self.endpoints = endpoints
    }

    /// What is called. A class, since there is one for each kind of resource, and many clients.
    final class Endpoints: Sendable {
        let resource: ResourceEndpoints<Entity, Request>
        let defaults: DefaultEndpoints<Entity, Choice>
        let restoration: Endpoint<EntityID, RestorationRequest, Entity>
        let usage: Endpoint<PagedEntityID, NoBody, ObjectUsage>

        init(
            _ resource: ResourceEndpoints<Entity, Request>,
            _ defaults: DefaultEndpoints<Entity, Choice>,
            _ restoration: Endpoint<EntityID, RestorationRequest, Entity>,
            _ usage: Endpoint<PagedEntityID, NoBody, ObjectUsage>
        ) {
            self.resource = resource
            self.defaults = defaults
            self.restoration = restoration
            self.usage = usage
        }
    }

    /// A page of the objects, ordered by name and then id: `pageSize` of 1 to 100 objects, `pageNumber` from 1. A page past the
    /// end has no objects.
    ///
    /// Wraps `GET /api/v2/conversations/messaging/settings` (`messaging:setting:view`) and
    /// `GET /api/v2/conversations/messaging/supportedcontent` (`messaging:supportedContent:view`).
    public func list(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Listing<Entity> {
        try await connection.list(endpoints.resource.list, pageSize: pageSize, pageNumber: pageNumber, options)
    }

    /// All objects, page by page, as they are asked for: none twice, and what an insert or a delete during the walk does is said at
    /// ``AllObjects``. `pageSize` is 1 to 100.
    public func all(pageSize: Int = 100, options: CallOptions = CallOptions()) -> AllObjects<Entity> {
        AllObjects { (number) throws(MessagingError) in
            try await list(pageSize: pageSize, pageNumber: number, options: options)
        }
    }

    /// Creates an object. Fails with 400 when the request breaks a rule.
    ///
    /// Wraps `POST /api/v2/conversations/messaging/settings` (`messaging:setting:add`) and
    /// `POST /api/v2/conversations/messaging/supportedcontent` (`messaging:supportedContent:add`).
    @discardableResult
    public func create(
        _ request: Request,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Entity {
        try await connection.call(endpoints.resource.create, NoParameters(), request, options)
    }

    /// The object with this id. Fails with 404 when there is none.
    ///
    /// Wraps `GET /api/v2/conversations/messaging/settings/{messageSettingId}` (`messaging:setting:view`) and
    /// `GET /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (`messaging:supportedContent:view`).
    public func get(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity {
        try await connection.call(endpoints.resource.get, EntityID(id), NoBody(), options)
    }

    /// Changes part of an object: what the patch does not mention stays. Fails with 404 when there is none, with 412 when it is
    /// not the one of ``CallOptions/ifMatch``.
    ///
    /// Wraps `PATCH /api/v2/conversations/messaging/settings/{messageSettingId}` (`messaging:setting:edit`) and
    /// `PATCH /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (`messaging:supportedContent:edit`).
    @discardableResult
    public func update(
        _ id: String,
        _ patch: Patch<Request>,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Entity {
        try await connection.update(endpoints.resource.update, id, patch, options)
    }

    /// Deletes an object. Fails with 404 when there is none, with 400 when it is the default. When an earlier attempt of the same call may
    /// have deleted it, a 404 is a success.
    ///
    /// Wraps `DELETE /api/v2/conversations/messaging/settings/{messageSettingId}` (`messaging:setting:delete`) and
    /// `DELETE /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (`messaging:supportedContent:delete`).
    public func delete(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) {
        _ = try await connection.call(endpoints.resource.delete, EntityID(id), NoBody(), options)
    }

    /// Brings an earlier version of an object back, and returns the object: what clients had written of it then is its next version,
    /// and all else is as it was last. Without a version it is the one before the present one. A deleted object comes back under its id,
    /// without a version as it was last. Only servers of this project can do that, as long as their history has the version.
    ///
    /// Fails with 404 when there never was such an object, or nothing is left of it in the history; with 400 when it never had the version,
    /// when that is not in the history any more, and when it would break a rule of today; with 412 when the object is not
    /// the one of ``CallOptions/ifMatch``, or is deleted.
    ///
    /// Wraps `POST /platform/v1/settings/{id}/restorations` (`messaging:setting:add`, `messaging:setting:edit`) and
    /// `POST /platform/v1/supportedcontent/{id}/restorations` (`messaging:supportedContent:add`, `messaging:supportedContent:edit`),
    /// of which a deleted object asks for the first, and one that is there for the second.
    @discardableResult
    public func restore(
        _ id: String,
        version: Int? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Entity {
        try await connection.call(endpoints.restoration, EntityID(id), RestorationRequest(version: version), options)
    }

    /// Returns the uses of an object: whether it is the default, and a page of the integrations that it is assigned to. `pageSize` is 1 to
    /// 100. A caller who may not view integrations gets their number only. Only servers of this project have this operation. Fails with 404
    /// when there is no such object.
    ///
    /// Wraps `GET /platform/v1/settings/{messageSettingId}/usage` (`messaging:setting:view`) and
    /// `GET /platform/v1/supportedcontent/{supportedContentId}/usage` (`messaging:supportedContent:view`).
    public func usage(
        _ id: String,
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> ObjectUsage {
        let page = try Paging.checked(pageSize: pageSize, pageNumber: pageNumber, for: endpoints.usage.operation)
        return try await connection.call(endpoints.usage, PagedEntityID(id, page), NoBody(), options)
    }

    /// The organization's default object; nil when none is set. A host that does not know the path may say the same as one without a
    /// default: 404 `not.found`.
    ///
    /// Wraps `GET /api/v2/conversations/messaging/settings/default` (`messaging:setting:view`) and
    /// `GET /api/v2/conversations/messaging/supportedcontent/default` (`messaging:supportedContent:view`).
    public func `default`(options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity? {
        try await connection.default(endpoints.defaults.get, options)
    }

    /// Makes an object the organization's default, and returns it. Fails with 404 when there is none with this id.
    ///
    /// Wraps `PUT /api/v2/conversations/messaging/settings/default` (`messaging:setting:edit`) and
    /// `PUT /api/v2/conversations/messaging/supportedcontent/default` (`messaging:supportedContent:edit`).
    @discardableResult
    public func setDefault(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity {
        try await connection.call(endpoints.defaults.set, NoParameters(), Choice(choosing: id), options)
    }

    fileprivate func clear(_ options: CallOptions) async throws(MessagingError) {
        try await connection.clear(endpoints.defaults, options)
    }
}

extension ResourceClient where Entity == MessagingSetting {
    /// Leaves the organization without a default setting; the setting itself stays. Does nothing when none is set.
    ///
    /// Wraps `DELETE /api/v2/conversations/messaging/settings/default` (`messaging:setting:delete`).
    public func clearDefault(options: CallOptions = CallOptions()) async throws(MessagingError) {
        try await clear(options)
    }
}

extension Connection {
    /// A page of a list. Fails without a request when the numbers are out of range.
    func list<Entity>(
        _ endpoint: Endpoint<Paging, NoBody, Listing<Entity>>,
        pageSize: Int,
        pageNumber: Int,
        _ options: CallOptions
    ) async throws(MessagingError) -> Listing<Entity> {
        let page = try Paging.checked(pageSize: pageSize, pageNumber: pageNumber, for: endpoint.operation)
        return try await call(endpoint, page, NoBody(), options)
    }

    /// Changes part of an object. Fails without a request when the patch clears the object as a whole.
    func update<Entity: ReadableResponse, Request>(
        _ endpoint: Endpoint<EntityID, MergePatch<Request>, Entity>,
        _ id: String,
        _ patch: Patch<Request>,
        _ options: CallOptions
    ) async throws(MessagingError) -> Entity {
        let body: MergePatch<Request>
        do {
            body = try MergePatch(patch.json)
        } catch {
            let operation = endpoint.operation.id
            throw MessagingError(.invalidRequest, "an object cannot be cleared as a whole", operation: operation)
        }
        return try await call(endpoint, EntityID(id), body, options)
    }

    /// Leaves a kind without a default, where it may be without one.
    func clear<Entity, Choice>(
        _ endpoints: DefaultEndpoints<Entity, Choice>,
        _ options: CallOptions
    ) async throws(MessagingError) {
        guard let clear = endpoints.clear else { return }
        _ = try await call(clear, NoParameters(), NoBody(), options)
    }

    /// Returns the default of a kind; nil when none is set. A host may report that none is set with 204 or with its own 404. A 404 with a
    /// code that does not end in `not.found` comes from something else at that address, and is thrown.
    func `default`<Entity: ReadableResponse>(
        _ endpoint: Endpoint<NoParameters, NoBody, Entity?>,
        _ options: CallOptions
    ) async throws(MessagingError) -> Entity? {
        do {
            return try await call(endpoint, NoParameters(), NoBody(), options)
        } catch {
            guard error.status == 404, error.body?.code.hasSuffix("not.found") == true else { throw error }
            record(error.metadata)
            return nil
        }
    }
}

extension Paging {
    /// A page. Fails when the numbers are out of range.
    static func checked(
        pageSize: Int,
        pageNumber: Int,
        for operation: APIOperation
    ) throws(MessagingError) -> Paging {
        do {
            return try Paging(pageSize: pageSize, pageNumber: pageNumber)
        } catch {
            throw MessagingError(.invalidRequest, error.message, operation: operation.id)
        }
    }
}
