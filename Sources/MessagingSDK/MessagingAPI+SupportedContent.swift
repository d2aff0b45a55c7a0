extension MessagingAPI {
    private static var endpoints: ResourceEndpoints<SupportedContent, SupportedContentRequest, Paging, EntityID> {
        SupportedContentEndpoints.deprecated.resource
    }

    /// Get a list of Supported Content profiles
    ///
    /// Wraps `GET /api/v2/messaging/supportedcontent`.
    /// Requires ALL permissions: `messaging:supportedContent:view`.
    ///
    /// Deprecated: use `GET /api/v2/conversations/messaging/supportedcontent` (``ResourceClient/list(pageSize:pageNumber:options:)``).
    ///
    /// - Parameters:
    ///   - pageSize: Page size, 1 to 100; 25 unless given.
    ///   - pageNumber: Page number, from 1; 1 unless given.
    ///   - options: Options for this call only.
    /// - Returns: A page of profiles, ordered by name and then id; empty past the end.
    /// - Throws: ``MessagingError``; ``MessagingError/Reason/invalidRequest`` if a number is out of range, without a request.
    public func getMessagingSupportedcontent(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> SupportedContentListing {
        try await connection.list(Self.endpoints.list, pageSize: pageSize, pageNumber: pageNumber, options)
    }

    /// Create a Supported Content profile
    ///
    /// Wraps `POST /api/v2/messaging/supportedcontent`.
    /// Requires ANY permissions: `messaging:supportedContent:add`.
    ///
    /// Deprecated: use `POST /api/v2/conversations/messaging/supportedcontent` (``ResourceClient/create(_:options:)``).
    ///
    /// - Parameters:
    ///   - body: The profile; its name is required.
    ///   - options: Options for this call only.
    /// - Returns: The profile as it was created.
    /// - Throws: ``MessagingError``, with status 400 if the profile breaks a rule.
    @discardableResult
    public func postMessagingSupportedcontent(
        body: SupportedContentRequest,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> SupportedContent {
        try await connection.call(Self.endpoints.create, NoParameters(), body, options).value
    }

    /// Get a supported content profile
    ///
    /// Wraps `GET /api/v2/messaging/supportedcontent/{supportedContentId}`.
    /// Requires ALL permissions: `messaging:supportedContent:view`.
    ///
    /// Deprecated: use `GET /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (``ResourceClient/get(_:options:)``).
    ///
    /// - Parameters:
    ///   - supportedContentId: Supported Content ID.
    ///   - options: Options for this call only.
    /// - Returns: The profile.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist.
    public func getMessagingSupportedcontentSupportedContentId(
        supportedContentId: String,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> SupportedContent {
        try await connection.call(Self.endpoints.get, EntityID(supportedContentId), NoBody(), options).value
    }

    /// Update a supported content profile
    ///
    /// Wraps `PATCH /api/v2/messaging/supportedcontent/{supportedContentId}`.
    /// Requires ALL permissions: `messaging:supportedContent:edit`.
    ///
    /// Deprecated: use `PATCH /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (``ResourceClient/update(_:_:options:)``).
    ///
    /// - Parameters:
    ///   - supportedContentId: Supported Content ID.
    ///   - body: The new values. A member that it does not have keeps its value.
    ///   - options: Options for this call only.
    /// - Returns: The changed profile.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist, with 400 if the change breaks a rule.
    @discardableResult
    public func patchMessagingSupportedcontentSupportedContentId(
        supportedContentId: String,
        body: SupportedContentRequest,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> SupportedContent {
        try await patchMessagingSupportedcontentSupportedContentId(
            supportedContentId: supportedContentId,
            body: Patch(body),
            options: options
        )
    }

    /// Update a supported content profile, with each member kept, cleared or set. Compare
    /// ``patchMessagingSupportedcontentSupportedContentId(supportedContentId:body:options:)-(_,SupportedContentRequest,_)``.
    ///
    /// Wraps `PATCH /api/v2/messaging/supportedcontent/{supportedContentId}`.
    /// Requires ALL permissions: `messaging:supportedContent:edit`.
    ///
    /// Deprecated: use `PATCH /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (``ResourceClient/update(_:_:options:)``).
    ///
    /// - Parameters:
    ///   - supportedContentId: Supported Content ID.
    ///   - body: The change of the profile. Genesys Cloud requires its name on these paths.
    ///   - options: Options for this call only.
    /// - Returns: The changed profile.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist, with 400 if the change breaks a rule.
    @discardableResult
    public func patchMessagingSupportedcontentSupportedContentId(
        supportedContentId: String,
        body: Patch<SupportedContentRequest>,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> SupportedContent {
        try await connection.call(Self.endpoints.update, EntityID(supportedContentId), body, options).value
    }

    /// Delete a supported content profile
    ///
    /// Wraps `DELETE /api/v2/messaging/supportedcontent/{supportedContentId}`.
    /// Requires ALL permissions: `messaging:supportedContent:delete`.
    ///
    /// Deprecated: use `DELETE /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (``ResourceClient/delete(_:options:)``).
    ///
    /// - Parameters:
    ///   - supportedContentId: Supported Content ID.
    ///   - options: Options for this call only.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist, with 400 if it is the default. A 404 is a success if an
    ///   earlier attempt of the same call may have deleted it.
    public func deleteMessagingSupportedcontentSupportedContentId(
        supportedContentId: String,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) {
        _ = try await connection.call(Self.endpoints.delete, EntityID(supportedContentId), NoBody(), options)
    }
}
