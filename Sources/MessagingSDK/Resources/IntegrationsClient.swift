public import MessagingContract

/// The integrations of the organization, of all kinds: `client.integrations`.
public struct IntegrationsClient: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// The open messaging integrations, which can be created and changed.
    public var open: OpenIntegrationsClient { OpenIntegrationsClient(connection) }

    /// Returns a page of the integrations of all kinds, ordered by name and then id. A page past the end has none.
    ///
    /// Wraps `GET /api/v2/conversations/messaging/integrations` (`messaging:integration:view`).
    ///
    /// - Parameters:
    ///   - pageSize: Page size, 1 to 100.
    ///   - pageNumber: Page number, from 1.
    ///   - expand: The references of an integration that the response shows beyond their ids.
    ///   - supportedContentID: Only integrations with the profile of this id.
    ///   - messagingSettingID: Only integrations with the setting of this id.
    ///   - options: Options for this call only.
    public func list(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        expand: Set<IntegrationExpansion> = [],
        supportedContentID: String? = nil,
        messagingSettingID: String? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Listing<MessagingIntegration> {
        let endpoint = OpenIntegrationEndpoints.listAll
        let page = IntegrationPage<SeveralExpansions>(
            try .checked(pageSize: pageSize, pageNumber: pageNumber, for: endpoint.operation),
            expand: expand,
            supportedContentID: supportedContentID,
            messagingSettingID: messagingSettingID
        )
        return try await connection.call(endpoint, page, NoBody(), options).value
    }

    /// All integrations of all kinds, or those with these references, page by page, as they are asked for; see ``AllObjects``. `pageSize`
    /// is 1 to 100.
    public func all(
        pageSize: Int = 100,
        expand: Set<IntegrationExpansion> = [],
        supportedContentID: String? = nil,
        messagingSettingID: String? = nil,
        options: CallOptions = CallOptions()
    ) -> AllObjects<MessagingIntegration> {
        AllObjects { (number) throws(MessagingError) in
            try await list(
                pageSize: pageSize,
                pageNumber: number,
                expand: expand,
                supportedContentID: supportedContentID,
                messagingSettingID: messagingSettingID,
                options: options
            )
        }
    }
}

/// The open messaging integrations of the organization: `client.integrations.open`.
public struct OpenIntegrationsClient: Sendable {
    private typealias Endpoints = OpenIntegrationEndpoints
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Returns a page of the integrations, ordered by name and then id. A page past the end has none.
    ///
    /// Wraps `GET /api/v2/conversations/messaging/integrations/open` (`messaging:integration:view`).
    ///
    /// - Parameters:
    ///   - pageSize: Page size, 1 to 100.
    ///   - pageNumber: Page number, from 1.
    ///   - expand: The reference of an integration that the response shows beyond its id; one at a time.
    ///   - supportedContentID: Only integrations with the profile of this id.
    ///   - messagingSettingID: Only integrations with the setting of this id.
    ///   - options: Options for this call only.
    public func list(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        expand: IntegrationExpansion? = nil,
        supportedContentID: String? = nil,
        messagingSettingID: String? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Listing<OpenIntegration> {
        let page = IntegrationPage<OneExpansion>(
            try .checked(pageSize: pageSize, pageNumber: pageNumber, for: Endpoints.list.operation),
            expand: expand.map { [$0] } ?? [],
            supportedContentID: supportedContentID,
            messagingSettingID: messagingSettingID
        )
        return try await connection.call(Endpoints.list, page, NoBody(), options).value
    }

    /// All integrations, or those with these references, page by page, as they are asked for; see ``AllObjects``. `pageSize`
    /// is 1 to 100.
    public func all(
        pageSize: Int = 100,
        expand: IntegrationExpansion? = nil,
        supportedContentID: String? = nil,
        messagingSettingID: String? = nil,
        options: CallOptions = CallOptions()
    ) -> AllObjects<OpenIntegration> {
        AllObjects { (number) throws(MessagingError) in
            try await list(
                pageSize: pageSize,
                pageNumber: number,
                expand: expand,
                supportedContentID: supportedContentID,
                messagingSettingID: messagingSettingID,
                options: options
            )
        }
    }

    /// Creates an integration. The answer is `Initiated`: ask with ``get(_:expand:options:)`` until its `createStatus` is `Completed`;
    /// it cannot be changed before. Fails with 400 when the request breaks a rule, or names a profile or a setting that is not there.
    ///
    /// Wraps `POST /api/v2/conversations/messaging/integrations/open` (`messaging:integration:add`).
    @discardableResult
    public func create(
        _ request: OpenIntegrationRequest,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> OpenIntegration {
        try await connection.call(Endpoints.create, NoParameters(), request, options).value
    }

    /// The integration with this id, without its secret token. Fails with 404 when there is none.
    ///
    /// Wraps `GET /api/v2/conversations/messaging/integrations/open/{integrationId}` (`messaging:integration:view`).
    public func get(
        _ id: String,
        expand: IntegrationExpansion? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> OpenIntegration {
        let target = ExpandedIntegrationID(id, expand: expand.map { [$0] } ?? [])
        return try await connection.call(Endpoints.get, target, NoBody(), options).value
    }

    /// Changes part of an integration: what the patch does not mention stays. Fails with 404 when there is none, with 400 while its
    /// creation is not complete, with 412 when it is not the one of ``CallOptions/ifMatch``.
    ///
    /// Wraps `PATCH /api/v2/conversations/messaging/integrations/open/{integrationId}` (`messaging:integration:edit`).
    @discardableResult
    public func update(
        _ id: String,
        _ patch: Patch<OpenIntegrationRequest>,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> OpenIntegration {
        try await connection.call(Endpoints.update, EntityID(id), patch, options).value
    }

    /// Deletes an integration. Fails with 404 when there is none, unless an earlier attempt of the same call may have deleted it.
    ///
    /// Wraps `DELETE /api/v2/conversations/messaging/integrations/open/{integrationId}` (`messaging:integration:delete`).
    public func delete(_ id: String, options: CallOptions = CallOptions()) async throws(MessagingError) {
        _ = try await connection.call(Endpoints.delete, EntityID(id), NoBody(), options)
    }

    /// Brings an earlier version of an integration back, as ``ResourceClient/restore(_:version:options:)`` does for settings and profiles.
    /// Fails with 400 too when it refers to what is gone, naming the field. Its secret token and headers are those of that version; the
    /// response does not have the token.
    ///
    /// Wraps `POST /platform/v1/integrations/{id}/restorations` (`messaging:integration:add`, `messaging:integration:edit`), of which a
    /// deleted integration asks for the first, and one that is there for the second.
    @discardableResult
    public func restore(
        _ id: String,
        version: Int? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> OpenIntegration {
        let request = RestorationRequest(version: version)
        return try await connection.call(HistoryEndpoints.restoreIntegration, EntityID(id), request, options).value
    }
}
