public import MessagingContract

/// The operations on one kind of objects: `client.settings`, `client.supportedContent`, `client.integrations.open`. It has the operations of
/// its kind. ``MessagingClient`` lists their paths and permissions at the property of each kind.
public struct ResourceClient<Entity: ListedEntity>: Sendable {
    let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Returns a page of the objects, ordered by name and then id. `pageSize` is 1 to 100, `pageNumber` from 1. A page past the end has no
    /// objects. Fails without a request if a number is out of range.
    ///
    /// Wraps `GET` of the list (permission `view` of the kind).
    public func list(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Listing<Entity> {
        try await connection.list(Entity.listing, pageSize: pageSize, pageNumber: pageNumber, options)
    }

    /// Returns all objects as a sequence, which requests each page when it is needed. ``AllObjects`` states the effect of changes during the
    /// walk. `pageSize` is 1 to 100.
    public func all(pageSize: Int = 100, options: CallOptions = CallOptions()) -> AllObjects<Entity> {
        AllObjects { (number) throws(MessagingError) in
            try await list(pageSize: pageSize, pageNumber: number, options: options)
        }
    }
}

extension ResourceClient where Entity: ResourceEntity {
    /// Creates an object, and returns it. Fails with 400 if the request breaks a rule.
    ///
    /// Wraps `POST` to the list (permission `add`).
    @discardableResult
    public func create(
        _ request: Entity.Request,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Entity {
        try await connection.call(Entity.endpoints.create, NoParameters(), request, options).value
    }

    /// Returns the object with an id. Fails with 404 if it does not exist.
    ///
    /// Wraps `GET` of the object (permission `view`).
    public func get(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity {
        try await connection.call(Entity.endpoints.get, Entity.Target(id), NoBody(), options).value
    }

    /// Changes part of an object, and returns the object. Members that the patch does not have stay unchanged. Fails with 404 if the object
    /// does not exist, with 412 if it does not have the tag of ``CallOptions/ifMatch``.
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

    /// Deletes an object. Fails with 404 if it does not exist, with 400 if it is the default. A 404 is a success if an earlier attempt of the
    /// same call may have deleted the object.
    ///
    /// Wraps `DELETE` of the object (permission `delete`).
    public func delete(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) {
        _ = try await connection.call(Entity.endpoints.delete, EntityID(id), NoBody(), options)
    }
}

extension ResourceClient where Entity: RestorableEntity {
    /// Restores an earlier version of an object, and returns the object. Its next version has the members that clients had written in that
    /// version, and its other members stay unchanged. An integration gets the secret token and the headers of that version; the response does
    /// not have the token.
    ///
    /// Without `version`, restores the version before the present one. A deleted object is restored under its id, by default in its last
    /// version. Only servers of this project have this operation, and only while their history has the version.
    ///
    /// Fails with one of these statuses:
    /// - 404 if the history has nothing of such an object
    /// - 400 if the history does not have the version, or if the version breaks a present rule, such as a reference to a deleted object
    /// - 412 if the object does not have the tag of ``CallOptions/ifMatch``, or is deleted
    ///
    /// Wraps `POST` of the object's restorations (permission `add` for a deleted object, `edit` for an existing one).
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
    /// if there is no such object.
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
    /// Returns the organization's default object; nil if none is set. A host that does not know the path may send the same response as one
    /// without a default: 404 `not.found`.
    ///
    /// Wraps `GET` of the default (permission `view`).
    public func `default`(options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity? {
        try await connection.default(Entity.defaultEndpoints.get, options)
    }

    /// Makes an object the organization's default, and returns it. Fails with 404 if it does not exist.
    ///
    /// Wraps `PUT` of the default (permission `edit`).
    @discardableResult
    public func setDefault(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) -> Entity {
        let choice = Entity.Choice(choosing: id)
        return try await connection.call(Entity.defaultEndpoints.set, NoParameters(), choice, options).value
    }
}

extension ResourceClient where Entity == MessagingSetting {
    /// Leaves the organization without a default setting. The setting itself stays. Does nothing if none is set.
    ///
    /// Wraps `DELETE` of the default (permission `delete`).
    public func clearDefault(options: CallOptions = CallOptions()) async throws(MessagingError) {
        try await connection.clear(Entity.defaultEndpoints, options)
    }
}
