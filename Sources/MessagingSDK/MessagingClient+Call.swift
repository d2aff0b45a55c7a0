public import MessagingContract

extension MessagingClient {
    /// Calls an operation by its declaration, and returns its value with the metadata of the response: header fields, entity tag, rate limit,
    /// correlation id. All other methods of the SDK make the same calls and return the value only. An operation that needs no token is called
    /// without one. A HEAD has no body, so its value is an empty `HeadResponse`.
    ///
    /// ```swift
    /// let read = try await client.call(MessagingSetting.endpoints.get, EntityID(id))
    /// try await client.settings.update(id, patch, options: CallOptions(ifMatch: read.metadata.entityTag))
    /// ```
    ///
    /// - Parameters:
    ///   - endpoint: The operation: one of a kind (`MessagingSetting.endpoints`), one of a deprecated path
    ///     (`MessagingSettingEndpoints.deprecated`), or one of any other group (`HistoryEndpoints`).
    ///   - parameters: The values of the path and the query.
    ///   - body: The body of the request.
    ///   - options: Options for this call only.
    /// - Returns: The value and the metadata of its response.
    /// - Throws: ``MessagingError``. It is ``MessagingError/Reason/invalidRequest``, without a request, for an id that no object can have, such
    ///   as an empty one, and for an operation of the administration. A 404 is always thrown, also where a method such as
    ///   ``ResourceClient/default(options:)`` returns nil for it.
    public func call<Parameters, Body, Value: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, Body, Value>,
        _ parameters: Parameters,
        body: Body,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Response<Value> {
        try await connection.call(endpoint, parameters, body, options)
    }

    /// Calls an operation without a body in the same way.
    public func call<Parameters, Value: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, NoBody, Value>,
        _ parameters: Parameters,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Response<Value> {
        try await connection.call(endpoint, parameters, NoBody(), options)
    }

    /// Calls an operation that changes part of an object. Throws ``MessagingError/Reason/invalidRequest`` for a patch that clears the object
    /// as a whole, without a request.
    public func call<Parameters, Request, Value: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, MergePatch<Request>, Value>,
        _ parameters: Parameters,
        body: Patch<Request>,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Response<Value> {
        try await connection.call(endpoint, parameters, body, options)
    }
}
