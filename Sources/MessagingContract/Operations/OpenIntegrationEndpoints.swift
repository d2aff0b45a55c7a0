import HTTPTypes

/// The operations on open messaging integrations, and the list of integrations of all kinds.
public enum OpenIntegrationEndpoints {
    /// Lists a page of integrations of all kinds, ordered by name and then id. A page past the end is empty.
    public static let listAll: Endpoint<IntegrationPage<SeveralExpansions>, NoBody, Listing<MessagingIntegration>> =
        all.endpoint(
            OperationName("getConversationsMessagingIntegrations", "Get a list of Integrations"),
            .get,
            all.path,
            .all([all.permission("view")])
        )

    /// Lists a page of open integrations, ordered by name and then id.
    public static let list: Endpoint<IntegrationPage<OneExpansion>, NoBody, Listing<OpenIntegration>> = open.endpoint(
        OperationName("get\(name)", "Get a list of Open messaging integrations"),
        .get,
        open.path,
        .all([open.permission("view")])
    )

    /// Creates an open integration. It gets the organization's present defaults in place of a profile or a setting that the request does
    /// not name.
    ///
    /// The response has the `createStatus` `Initiated`. The creation completes some time later, and the integration cannot be changed
    /// before. The response is the only one with the secret token of the request.
    public static let create: Endpoint<NoParameters, OpenIntegrationRequest, OpenIntegration> = open.endpoint(
        OperationName("post\(name)", "Create an Open messaging integration"),
        .post,
        open.path,
        .all([open.permission("add")])
    )

    /// Returns an open integration without its secret token.
    public static let get: Endpoint<ExpandedIntegrationID, NoBody, OpenIntegration> = open.endpoint(
        OperationName("get\(name)IntegrationId", "Get an Open messaging integration"),
        .get,
        object,
        .all([open.permission("view")])
    )

    /// Changes part of an open integration. The body is merged at the top level only, so `webhookHeaders` replaces all header fields. Null
    /// clears the setting or the header fields. The profile can be replaced, but not cleared.
    ///
    /// Fails with 400 if the creation of the integration is not complete. The response has the secret token only if the request has it.
    public static let update: Endpoint<EntityID, MergePatch<OpenIntegrationRequest>, OpenIntegration> = open.endpoint(
        OperationName("patch\(name)IntegrationId", "Update an Open messaging integration"),
        .patch,
        object,
        .all([open.permission("edit")])
    )

    /// Deletes an open integration, even if its creation is not complete.
    public static let delete: Endpoint<EntityID, NoBody, NoContent> = open.endpoint(
        OperationName("delete\(name)IntegrationId", "Delete an Open messaging integration"),
        .delete,
        object,
        .all([open.permission("delete")])
    )

    /// All six operations.
    static let operations = [
        listAll.operation, list.operation, create.operation, get.operation, update.operation, delete.operation,
    ]

    private static let name = "ConversationsMessagingIntegrationsOpen"
    private static let object = "\(open.path)/{integrationId}"
    private static let all = ResourcePath(
        kind: .integrations,
        path: "/api/v2/conversations/messaging/integrations",
        entity: "messaging:integration",
        tag: "Integrations"
    )
    private static let open = ResourcePath(kind: all.kind, path: "\(all.path)/open", entity: all.entity, tag: all.tag)
}

extension OpenIntegrationRequest: OperationBody {
    public static let example: JSON? = [
        "name": "Our app", "outboundNotificationWebhookUrl": "https://messaging.example.com/outbound",
        "outboundNotificationWebhookSignatureSecretToken": "a-long-secret-of-your-own",
    ]
}

extension OpenIntegration: ResourceEntity, RestorableEntity {
    public static var objectKind: ObjectKind { .integrations }
    public typealias Page = IntegrationPage<OneExpansion>
    public static let endpoints: ResourceEndpoints<Self, OpenIntegrationRequest, Page, ExpandedIntegrationID> = .init(
        list: OpenIntegrationEndpoints.list,
        create: OpenIntegrationEndpoints.create,
        get: OpenIntegrationEndpoints.get,
        update: OpenIntegrationEndpoints.update,
        delete: OpenIntegrationEndpoints.delete
    )
    public static var restoration: Endpoint<EntityID, RestorationRequest, OpenIntegration> {
        HistoryEndpoints.restoreIntegration
    }
}

extension OpenIntegration: ReadableResponse { public static let isTagged = true }

extension MessagingIntegration: ListedEntity {
    public static var listing: Endpoint<IntegrationPage<SeveralExpansions>, NoBody, Listing<MessagingIntegration>> {
        OpenIntegrationEndpoints.listAll
    }
}

extension MessagingIntegration: ReadableResponse { public static let isTagged = true }
