/// The operations on supported content profiles below one path.
public struct SupportedContentEndpoints: Sendable {
    /// The operations list, create, get, update and delete.
    public let resource: ResourceEndpoints<SupportedContent, SupportedContentRequest, Paging, EntityID>

    /// The five operations of the seed page, below `/api/v2/messaging/supportedcontent`.
    public static let deprecated = SupportedContentEndpoints(
        ResourcePath(
            kind: .supportedContent,
            path: "/api/v2/messaging/supportedcontent",
            entity: "messaging:supportedContent",
            tag: "Supported content",
            successor: currentPath.path
        ),
        name: "MessagingSupportedcontent"
    )

    /// Their successors, below `/api/v2/conversations/messaging/supportedcontent`.
    public static let current = SupportedContentEndpoints(currentPath, name: "ConversationsMessagingSupportedcontent")

    /// The operations get and set on the default, which exist below the new path only. There always is a default.
    public static let `default` = DefaultEndpoints<SupportedContent, SupportedContentReference>(
        currentPath,
        name: "ConversationsMessagingSupportedcontentDefault",
        get:
            "Get the organization's default supported content profile that will be used as the default when creating an "
            + "integration.",
        set:
            "Set the organization's default supported content profile that may be assigned to an integration when it is "
            + "created.",
        clear: nil
    )

    /// All twelve operations.
    static let operations = deprecated.resource.operations + current.resource.operations + `default`.operations

    private static let currentPath = ResourcePath(
        kind: .supportedContent,
        path: "/api/v2/conversations/messaging/supportedcontent",
        entity: "messaging:supportedContent",
        tag: "Supported content"
    )

    private init(_ resource: ResourcePath, name: String) {
        self.resource = ResourceEndpoints(
            resource,
            object: "supportedContentId",
            list: OperationName("get\(name)", "Get a list of Supported Content profiles"),
            create: OperationName("post\(name)", "Create a Supported Content profile"),
            get: OperationName("get\(name)SupportedContentId", "Get a supported content profile"),
            update: OperationName("patch\(name)SupportedContentId", "Update a supported content profile"),
            delete: OperationName("delete\(name)SupportedContentId", "Delete a supported content profile"),
            add: PermissionRule.any
        )
    }
}

extension SupportedContent: DefaultableEntity, RestorableEntity, UsedEntity {
    public static var objectKind: ObjectKind { .supportedContent }
    public static var endpoints: ResourceEndpoints<SupportedContent, SupportedContentRequest, Paging, EntityID> {
        SupportedContentEndpoints.current.resource
    }
    public static var defaultEndpoints: DefaultEndpoints<SupportedContent, SupportedContentReference> {
        SupportedContentEndpoints.default
    }
    public static var restoration: Endpoint<EntityID, RestorationRequest, SupportedContent> {
        HistoryEndpoints.restoreSupportedContent
    }
    public static var usage: Endpoint<PagedEntityID, NoBody, ObjectUsage> { UsageEndpoints.supportedContent }
}

extension SupportedContentRequest: OperationBody {
    public static let example: JSON? = [
        "name": "Pictures", "mediaTypes": ["allow": ["inbound": [["type": "image/*"]], "outbound": []]],
    ]
}

extension SupportedContentReference: OperationBody {
    public static let example: JSON? = ["id": "01a1b2c3-0000-7000-8000-000000000000"]
}

extension SupportedContent: ReadableResponse { public static let isTagged = true }
