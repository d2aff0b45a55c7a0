public import MessagingContract

extension ResourceClient where Entity == MessagingIntegration {
    /// The open messaging integrations, which can be created and changed.
    ///
    /// The `createStatus` in the response to ``create(_:options:)`` is `Initiated`. Call ``get(_:options:)`` until it is `Completed`; before
    /// that, the integration cannot be changed. Only the response to a request with the secret token has the token.
    ///
    /// Wraps these operations:
    /// - `GET /api/v2/conversations/messaging/integrations/open` (`messaging:integration:view`)
    /// - `POST /api/v2/conversations/messaging/integrations/open` (`messaging:integration:add`)
    /// - `GET /api/v2/conversations/messaging/integrations/open/{integrationId}` (`messaging:integration:view`)
    /// - `PATCH /api/v2/conversations/messaging/integrations/open/{integrationId}` (`messaging:integration:edit`)
    /// - `DELETE /api/v2/conversations/messaging/integrations/open/{integrationId}` (`messaging:integration:delete`)
    /// - `POST /platform/v1/integrations/{id}/restorations` (`messaging:integration:add`, `messaging:integration:edit`)
    public var open: ResourceClient<OpenIntegration> { ResourceClient<OpenIntegration>(connection) }
}

extension ResourceClient {
    /// Returns a page of the integrations, ordered by name and then id. A page past the end has none.
    ///
    /// - Parameters:
    ///   - pageSize: Page size, 1 to 100.
    ///   - pageNumber: Page number, from 1.
    ///   - expand: The references of an integration that the response shows beyond their ids; of open integrations, one at a time.
    ///   - supportedContentID: Only integrations with the profile of this id.
    ///   - messagingSettingID: Only integrations with the setting of this id.
    ///   - options: Options for this call only.
    public func list<Expand>(
        pageSize: Int = 25,
        pageNumber: Int = 1,
        expand: Expand = .none,
        supportedContentID: String? = nil,
        messagingSettingID: String? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Listing<Entity> where Entity.Page == IntegrationPage<Expand> {
        let endpoint = Entity.listing
        let page = IntegrationPage(
            try .checked(pageSize: pageSize, pageNumber: pageNumber, for: endpoint.operation),
            expand: expand,
            supportedContentID: supportedContentID,
            messagingSettingID: messagingSettingID
        )
        return try await connection.call(endpoint, page, NoBody(), options).value
    }

    /// Returns all integrations, or those with these references, as a sequence, which requests each page when it is needed; see
    /// ``AllObjects``. `pageSize` is 1 to 100.
    public func all<Expand>(
        pageSize: Int = 100,
        expand: Expand = .none,
        supportedContentID: String? = nil,
        messagingSettingID: String? = nil,
        options: CallOptions = CallOptions()
    ) -> AllObjects<Entity> where Entity.Page == IntegrationPage<Expand> {
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

extension ResourceClient where Entity == OpenIntegration {
    /// Returns the integration with an id, and shows one of its references beyond its id. Fails with 404 if it does not exist.
    ///
    /// Wraps `GET` of the integration (permission `view`).
    public func get(
        _ id: String,
        expand: OneExpansion,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> OpenIntegration {
        let target = ExpandedIntegrationID(id, expand: expand)
        return try await connection.call(OpenIntegration.endpoints.get, target, NoBody(), options).value
    }
}
