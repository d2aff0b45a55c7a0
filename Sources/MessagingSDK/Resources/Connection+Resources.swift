import MessagingContract

extension Connection {
    /// Gets a page of a list. Fails without a request if a number is out of range.
    func list<Page: PageParameters, Entity>(
        _ endpoint: Endpoint<Page, NoBody, Listing<Entity>>,
        pageSize: Int,
        pageNumber: Int,
        _ options: CallOptions
    ) async throws(MessagingError) -> Listing<Entity> {
        let page = try Paging.checked(pageSize: pageSize, pageNumber: pageNumber, for: endpoint.operation)
        return try await call(endpoint, Page(page), NoBody(), options).value
    }

    /// Changes part of an object. Fails without a request if the patch clears the object as a whole.
    func call<Parameters, Request, Value: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, MergePatch<Request>, Value>,
        _ parameters: Parameters,
        _ patch: Patch<Request>,
        _ options: CallOptions
    ) async throws(MessagingError) -> Response<Value> {
        let body: MergePatch<Request>
        do {
            body = try MergePatch(patch.json)
        } catch {
            let operation = endpoint.operation.id
            throw MessagingError(.invalidRequest, "an object cannot be cleared as a whole", operation: operation)
        }
        return try await call(endpoint, parameters, body, options)
    }

    /// Leaves a kind without a default, if it need not have one.
    func clear<Entity, Choice>(
        _ endpoints: DefaultEndpoints<Entity, Choice>,
        _ options: CallOptions
    ) async throws(MessagingError) {
        guard let clear = endpoints.clear else { return }
        _ = try await call(clear, NoParameters(), NoBody(), options)
    }

    /// Returns the default of a kind; nil if none is set. A host may report that none is set with 204 or with its own 404. A 404 with a
    /// code that does not end in `not.found` comes from something else at that address, and is thrown.
    func `default`<Entity: ReadableResponse>(
        _ endpoint: Endpoint<NoParameters, NoBody, Entity?>,
        _ options: CallOptions
    ) async throws(MessagingError) -> Entity? {
        do {
            return try await call(endpoint, NoParameters(), NoBody(), options).value
        } catch {
            guard error.status == 404, error.body?.code.hasSuffix("not.found") == true else { throw error }
            return nil
        }
    }
}

extension Paging {
    /// Creates a page. Fails if a number is out of range.
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
