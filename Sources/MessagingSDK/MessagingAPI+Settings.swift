extension MessagingAPI {
    private static var endpoints: MessagingSettingEndpoints { .deprecated }

    /// Get a list of messaging settings
    ///
    /// Wraps `GET /api/v2/messaging/settings`.
    /// Requires ALL permissions: `messaging:setting:view`.
    ///
    /// Deprecated: use `GET /api/v2/conversations/messaging/settings` (``ResourceClient/list(pageSize:pageNumber:options:)``).
    ///
    /// - Parameters:
    ///   - pageSize: Page size, 1 to 100; 25 unless given.
    ///   - pageNumber: Page number, from 1; 1 unless given.
    ///   - options: Options for this call only.
    /// - Returns: A page of settings, ordered by name and then id; empty past the end.
    /// - Throws: ``MessagingError``; ``MessagingError/Reason/invalidRequest`` if a number is out of range, without a request.
    public func getMessagingSettings(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> MessagingConfigListing {
        try await connection.list(Self.endpoints.resource.list, pageSize: pageSize, pageNumber: pageNumber, options)
    }

    /// Create a messaging setting
    ///
    /// Wraps `POST /api/v2/messaging/settings`.
    /// Requires ANY permissions: `messaging:setting:add`.
    ///
    /// Deprecated: use `POST /api/v2/conversations/messaging/settings` (``ResourceClient/create(_:options:)``).
    ///
    /// - Parameters:
    ///   - body: The setting; its name is required.
    ///   - options: Options for this call only.
    /// - Returns: The setting as it was created.
    /// - Throws: ``MessagingError``, with status 400 if the setting breaks a rule.
    @discardableResult
    public func postMessagingSettings(
        body: MessagingSettingRequest,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> MessagingSetting {
        try await connection.call(Self.endpoints.resource.create, NoParameters(), body, options).value
    }

    /// Get a messaging setting
    ///
    /// Wraps `GET /api/v2/messaging/settings/{messageSettingId}`.
    /// Requires ALL permissions: `messaging:setting:view`.
    ///
    /// Deprecated: use `GET /api/v2/conversations/messaging/settings/{messageSettingId}` (``ResourceClient/get(_:options:)``).
    ///
    /// - Parameters:
    ///   - messageSettingId: Message Settings ID.
    ///   - options: Options for this call only.
    /// - Returns: The setting.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist.
    public func getMessagingSetting(
        messageSettingId: String,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> MessagingSetting {
        try await connection.call(Self.endpoints.resource.get, EntityID(messageSettingId), NoBody(), options).value
    }

    /// Update a messaging setting
    ///
    /// Wraps `PATCH /api/v2/messaging/settings/{messageSettingId}`.
    /// Requires ALL permissions: `messaging:setting:edit`.
    ///
    /// Deprecated: use `PATCH /api/v2/conversations/messaging/settings/{messageSettingId}` (``ResourceClient/update(_:_:options:)``).
    ///
    /// - Parameters:
    ///   - messageSettingId: Message Settings ID.
    ///   - body: The new values. A member that it does not have keeps its value.
    ///   - options: Options for this call only.
    /// - Returns: The changed setting.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist, with 400 if the change breaks a rule.
    @discardableResult
    public func patchMessagingSetting(
        messageSettingId: String,
        body: MessagingSettingRequest,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> MessagingSetting {
        try await patchMessagingSetting(messageSettingId: messageSettingId, body: Patch(body), options: options)
    }

    /// Update a messaging setting, with each member kept, cleared or set. Compare
    /// ``patchMessagingSetting(messageSettingId:body:options:)-(_,MessagingSettingRequest,_)``.
    ///
    /// Wraps `PATCH /api/v2/messaging/settings/{messageSettingId}`.
    /// Requires ALL permissions: `messaging:setting:edit`.
    ///
    /// Deprecated: use `PATCH /api/v2/conversations/messaging/settings/{messageSettingId}` (``ResourceClient/update(_:_:options:)``).
    ///
    /// - Parameters:
    ///   - messageSettingId: Message Settings ID.
    ///   - body: The change of the setting. Genesys Cloud requires its name on these paths.
    ///   - options: Options for this call only.
    /// - Returns: The changed setting.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist, with 400 if the change breaks a rule.
    @discardableResult
    public func patchMessagingSetting(
        messageSettingId: String,
        body: Patch<MessagingSettingRequest>,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> MessagingSetting {
        try await connection.call(Self.endpoints.resource.update, EntityID(messageSettingId), body, options).value
    }

    /// Delete a messaging setting
    ///
    /// Wraps `DELETE /api/v2/messaging/settings/{messageSettingId}`.
    /// Requires ALL permissions: `messaging:setting:delete`.
    ///
    /// Deprecated: use `DELETE /api/v2/conversations/messaging/settings/{messageSettingId}` (``ResourceClient/delete(_:options:)``).
    ///
    /// - Parameters:
    ///   - messageSettingId: Message Settings ID.
    ///   - options: Options for this call only.
    /// - Throws: ``MessagingError``, with status 404 if it does not exist, with 400 if it is the default. A 404 is a success if an
    ///   earlier attempt of the same call may have deleted it.
    public func deleteMessagingSetting(
        messageSettingId: String,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) {
        _ = try await connection.call(Self.endpoints.resource.delete, EntityID(messageSettingId), NoBody(), options)
    }

    /// Get the organization's default settings that will be used as the default when creating an integration.
    ///
    /// When an integration is created a settings ID may be assigned to it. If the settings ID is not supplied, the default
    /// settings will be applied to it.
    ///
    /// Wraps `GET /api/v2/messaging/settings/default`.
    /// Requires ALL permissions: `messaging:setting:view`.
    ///
    /// Deprecated: use `GET /api/v2/conversations/messaging/settings/default` (``ResourceClient/default(options:)``).
    ///
    /// - Parameter options: Options for this call only.
    /// - Returns: The default; nil if none is set.
    /// - Throws: ``MessagingError``.
    public func getMessagingSettingsDefault(
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> MessagingSetting? {
        try await connection.default(Self.endpoints.default.get, options)
    }

    /// Set the organization's default settings that may be applied to an integration when it is created.
    ///
    /// When an integration is created a settings ID may be assigned to it. If the settings ID is not supplied, the default
    /// settings will be applied to it.
    ///
    /// Wraps `PUT /api/v2/messaging/settings/default`.
    /// Requires ALL permissions: `messaging:setting:edit`.
    ///
    /// Deprecated: use `PUT /api/v2/conversations/messaging/settings/default` (``ResourceClient/setDefault(_:options:)``).
    ///
    /// - Parameters:
    ///   - body: Messaging Setting ID: that of the new default.
    ///   - options: Options for this call only.
    /// - Returns: The new default.
    /// - Throws: ``MessagingError``, with status 404 if there is no setting with this id.
    @discardableResult
    public func putMessagingSettingsDefault(
        body: MessagingSettingDefaultRequest,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> MessagingSetting {
        try await connection.call(Self.endpoints.default.set, NoParameters(), body, options).value
    }

    /// Delete the organization's default setting, a global default will be applied to integrations without settings
    ///
    /// When an integration is created a settings ID may be assigned to it. If the settings ID is not supplied, the default
    /// settings will be applied to it.
    ///
    /// Wraps `DELETE /api/v2/messaging/settings/default`.
    /// Requires ALL permissions: `messaging:setting:delete`.
    ///
    /// Deprecated: use `DELETE /api/v2/conversations/messaging/settings/default` (``ResourceClient/clearDefault(options:)``).
    ///
    /// - Parameter options: Options for this call only.
    /// - Throws: ``MessagingError``. It is no error if no default is set.
    public func deleteMessagingSettingsDefault(
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) {
        try await connection.clear(Self.endpoints.default, options)
    }
}
