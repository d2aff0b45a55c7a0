public import MessagingContract

/// Lists, gets, creates, updates and deletes objects of any kind of ``Resource``.
extension Organization {
    /// The objects of one kind on a page, ordered by name and then id, and how many there are on all pages.
    public func list<R: Resource>(_ type: R.Type, _ page: Paging) -> (entries: [Entry], total: Int) {
        let table = self[R.kind]
        return (table.page(offset: page.offset, limit: page.pageSize), table.count)
    }

    /// An object. Throws 404 `not.found`.
    public func get<R: Resource>(_ type: R.Type, _ id: String) throws(APIError) -> Entry {
        guard let entry = self[R.kind][id] else { throw .notFound }
        return entry
    }

    /// Creates an object with the stamp's id. Throws 400 for a name that is blank or too long, and when there is no room.
    public mutating func create<R: Resource>(
        _ type: R.Type,
        _ request: R.Request,
        _ stamp: Stamp
    ) throws(APIError) -> Entry {
        try request.name.checkAsName()
        try checkRoom(.objects, stamp)
        return put(R.kind, stamp.id, R(request, stamp).json, stamp)
    }

    /// Changes part of an object. Throws 404 `not.found`, and 400 for a patch that leaves the object invalid.
    public mutating func update<R: Resource>(
        _ type: R.Type,
        _ id: String,
        _ patch: MergePatch<R.Request>,
        _ stamp: Stamp
    ) throws(APIError) -> Entry {
        let object: R = try decode(get(R.self, id))
        let request: R.Request
        do {
            request = try R.Request(json: R.merge(patch.document, into: object.request.json))
        } catch {
            throw APIError(error)
        }
        return try change(object, id, to: request, stamp)
    }

    /// Writes the next version of an object, with another written part. Throws 400 when that makes the object invalid.
    mutating func change<R: Resource>(
        _ object: R,
        _ id: String,
        to request: R.Request,
        _ stamp: Stamp
    ) throws(APIError) -> Entry {
        try request.name.checkAsName()
        var object = object
        object.change(to: request, stamp)
        return put(R.kind, id, object.json, stamp)
    }

    /// Deletes an object. Throws 404 `not.found`, and 400 `bad.request` when it is the default of its kind.
    public mutating func delete<R: Resource>(_ type: R.Type, _ id: String, _ stamp: Stamp) throws(APIError) {
        let entry = try get(R.self, id)
        if getDefault(R.self)?.id == entry.id {
            throw .badRequest("It is the organization's default and cannot be deleted. Set another default first.")
        }
        remove(R.kind, id, stamp)
    }

    func decode<R: Resource>(_ entry: Entry) throws(APIError) -> R {
        do {
            return try R(document: entry.bytes)
        } catch {
            throw .internalServerError.caused(by: "stored \(R.kind.rawValue) \(entry.id): \(error.message)")
        }
    }
}
