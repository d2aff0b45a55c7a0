public import MessagingContract

/// The operations on one kind of objects: `client.settings`, `client.supportedContent`, `client.integrations.open`. A client has the
/// operations that its kind has. ``MessagingClient`` lists their paths and permissions at the property of each kind.
public struct ResourceClient<Entity: ListedEntity>: Sendable {
    let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// A page of the objects, ordered by name and then id: `pageSize` of 1 to 100 objects, `pageNumber` from 1. A page past the
    /// end has no objects.
    ///
    /// Wraps `GET` of the list (permission `view` of the kind).
    public func list(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Listing<Entity> {
        try await connection.list(Entity.listing, pageSize: pageSize, pageNumber: pageNumber, options)
    }

    /// All objects, page by page, as they are asked for: none twice, and what an insert or a delete during the walk does is said at
    /// ``AllObjects``. `pageSize` is 1 to 100.
    public func all(pageSize: Int = 100, options: CallOptions = CallOptions()) -> AllObjects<Entity> {
        AllObjects { (number) throws(MessagingError) in
            try await list(pageSize: pageSize, pageNumber: number, options: options)
        }
    }
}

extension ResourceClient where Entity: ResourceEntity {
    /// Creates an object. Fails with 400 when the request breaks a rule.
    ///
    /// Wraps `POST` to the list (permission `add`).
    @discardableResult
    public func create(
        _ request: Entity.Request,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Entity {
        try await connection.call(Entity.endpoints.create, NoParameters(), request, options).value
    }

    /// The object with this id. Fails with 404 when there is none.
    ///
    /// Wraps `GET` of the object (permission `view`).
    public func get(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity {
        try await connection.call(Entity.endpoints.get, Entity.Target(id), NoBody(), options).value
    }

    /// Changes part of an object: what the patch does not mention stays. Fails with 404 when there is none, with 412 when it is
    /// not the one of ``CallOptions/ifMatch``.
    ///
    /// Wraps `PATCH` of the object (permission `edit`).
    @discardableResult
    public func update(
        _ id: String,
        _ patch: Patch<Entity.Request>,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Entity {
        try await connection.call(Entity.endpoints.update, EntityID(id), patch, options).value
    }

    /// Deletes an object. Fails with 404 when there is none, with 400 when it is the default. When an earlier attempt of the same call may
    /// have deleted it, a 404 is a success.
    ///
    /// Wraps `DELETE` of the object (permission `delete`).
    public func delete(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) {
        _ = try await connection.call(Entity.endpoints.delete, EntityID(id), NoBody(), options)
    }
}

extension ResourceClient where Entity: RestorableEntity {
    /// Brings an earlier version of an object back, and returns the object: what clients had written of it then is its next version,
    /// and all else is as it was last. An integration gets the secret token and the headers of that version; the response does not have
    /// the token. Without a version it is the one before the present one. A deleted object comes back under its id, without a version as
    /// it was last. Only servers of this project can do that, as long as their history has the version.
    ///
    /// Fails with 404 when there never was such an object, or nothing is left of it in the history; with 400 when it never had the version,
    /// when that is not in the history any more, and when it would break a rule of today, such as a reference to a deleted object; with 412
    /// when the object is not the one of ``CallOptions/ifMatch``, or is deleted.
    ///
    /// Wraps `POST` of the object's restorations (permission `add` for a deleted object, `edit` for one that is there).
    @discardableResult
    public func restore(
        _ id: String,
        version: Int? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Entity {
        try await connection.call(Entity.restoration, EntityID(id), RestorationRequest(version: version), options).value
    }
}

extension ResourceClient where Entity: UsedEntity {
    /// Returns the uses of an object: whether it is the default, and a page of the integrations that it is assigned to. `pageSize` is 1 to
    /// 100. A caller who may not view integrations gets their number only. Only servers of this project have this operation. Fails with 404
    /// when there is no such object.
    ///
    /// Wraps `GET` of the object's usage (permission `view`).
    public func usage(
        _ id: String,
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> ObjectUsage {
        let page = try Paging.checked(pageSize: pageSize, pageNumber: pageNumber, for: Entity.usage.operation)
        return try await connection.call(Entity.usage, PagedEntityID(id, page), NoBody(), options).value
    }
}

extension ResourceClient where Entity: DefaultableEntity {
    /// The organization's default object; nil when none is set. A host that does not know the path may say the same as one without a
    /// default: 404 `not.found`.
    ///
    /// Wraps `GET` of the default (permission `view`).
    public func `default`(options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity? {
        try await connection.default(Entity.defaultEndpoints.get, options)
    }

    /// Makes an object the organization's default, and returns it. Fails with 404 when there is none with this id.
    ///
    /// Wraps `PUT` of the default (permission `edit`).
    @discardableResult
    public func setDefault(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity {
        let choice = Entity.Choice(choosing: id)
        return try await connection.call(Entity.defaultEndpoints.set, NoParameters(), choice, options).value
    }
}

extension ResourceClient where Entity == MessagingSetting {
    /// Leaves the organization without a default setting; the setting itself stays. Does nothing when none is set.
    ///
    /// Wraps `DELETE` of the default (permission `delete`).
    public func clearDefault(options: CallOptions = CallOptions()) async throws(MessagingError) {
        try await connection.clear(Entity.defaultEndpoints, options)
    }
}
