public import MessagingContract

/// Lists and gets objects of any kind of ``Resource``.
extension Organization {
    /// Returns the objects of one kind on a page, ordered by name and then id, and their number on all pages.
    public func list<R: Resource>(_ type: R.Type, _ page: Paging) -> (entries: [Entry], total: Int) {
        let table = self[R.kind]
        return (table.page(offset: page.offset, limit: page.pageSize), table.count)
    }

    /// Returns an object. Throws 404 `not.found`.
    public func get<R: Resource>(_ type: R.Type, _ id: String) throws(APIError) -> Entry {
        guard let entry = self[R.kind][id] else { throw .notFound }
        return entry
    }

    /// Returns an object, decoded. Throws 404 `not.found`.
    public func object<R: Resource>(_ type: R.Type, _ id: String) throws(APIError) -> R { try decode(get(type, id)) }

    /// Returns the object of an entry. Throws 500 if the entry is not an object of its kind.
    package func decode<R: Resource>(_ entry: Entry, as type: R.Type = R.self) throws(APIError) -> R {
        do {
            return try R(document: entry.bytes)
        } catch {
            throw .internalServerError.caused(by: "stored \(R.kind.rawValue) \(entry.id): \(error.message)")
        }
    }
}

/// Creates, updates and deletes objects of any kind of ``Resource``.
extension Draft {
    /// Creates an object with the stamp's id. Throws 400 in these cases:
    ///
    /// - The name is blank or too long.
    /// - A reference is to an object that does not exist.
    /// - The content is invalid for its kind.
    /// - The object is too large, or there is no room.
    public mutating func create<R: Resource>(_ type: R.Type, _ request: R.Request) throws(APIError) -> Entry {
        try request.name.checkAsName()
        try checkRoom(for: R.kind)
        let object = R(request, stamp)
        try object.checkRules(since: nil)
        try object.checkReferences(in: organization)
        let json = object.json
        let entry = Entry(id: stamp.id, json: json, bytes: json.bytes)
        try entry.checkSize(of: R.kind)
        return put(R.kind, entry, json)
    }

    /// Changes part of an object. Throws 404 `not.found`, and 400 for a patch that makes the object invalid.
    public mutating func update<R: Resource>(
        _ type: R.Type,
        _ id: String,
        _ patch: MergePatch<R.Request>
    ) throws(APIError) -> Entry {
        let object = try organization.object(R.self, id)
        try object.checkMutable()
        let request: R.Request
        do {
            request = try R.Request(json: R.merge(patch.document, into: object.request.json))
        } catch {
            throw APIError(error)
        }
        return try change(object, id, to: request)
    }

    /// Writes the next version of an object, with another written part. Throws 400 if that makes the object invalid.
    mutating func change<R: Resource>(
        _ object: R,
        _ id: String,
        to request: R.Request
    ) throws(APIError) -> Entry {
        try request.name.checkAsName()
        let before = object
        var object = object
        object.change(to: request, stamp)
        try object.checkRules(since: before)
        try object.checkReferences(in: organization)
        let json = object.json
        let entry = Entry(id: id, json: json, bytes: json.bytes)
        // An object from before the limit may keep its size.
        do {
            try entry.checkSize(of: R.kind)
        } catch {
            if request.json.bytes.count > before.request.json.bytes.count { throw error }
        }
        return put(R.kind, entry, json)
    }

    /// Deletes an object. Throws 404 `not.found`. Throws 400 `bad.request` if it is the default of its kind or an integration uses it. That
    /// error names integrations only if `namesUsers` is true, and otherwise has only their number.
    public mutating func delete<R: Resource>(
        _ type: R.Type,
        _ id: String,
        namesUsers: Bool = false
    ) throws(APIError) {
        let entry = try organization.get(R.self, id)
        if organization.getDefault(R.self)?.id == entry.id {
            throw .badRequest("It is the organization's default and cannot be deleted. Set another default first.")
        }
        let users = organization.integrations(using: R.self, id)
        if users.count > 0 { throw .inUse(by: users, isNaming: namesUsers) }
        remove(R.kind, id)
    }
}

extension APIError {
    /// Returns 400: integrations use the object. The error names the first ten if `isNaming` is true.
    fileprivate static func inUse(by users: TableSelection, isNaming: Bool) -> APIError {
        let count = users.count == 1 ? "an integration" : "\(users.count) integrations"
        guard isNaming else { return badRequest("It is used by \(count) and cannot be deleted.") }
        let first = users.page(offset: 0, limit: 10)
        let names = first.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
        var error = badRequest(
            "It is used by \(count) and cannot be deleted: \(names)\(users.count > 10 ? ", ..." : "")."
        )
        error.details = first.map { user in
            var detail = Detail()
            detail.errorCode = error.code
            detail.entityId = user.id
            detail.entityName = user.name
            return detail
        }
        return error
    }
}
