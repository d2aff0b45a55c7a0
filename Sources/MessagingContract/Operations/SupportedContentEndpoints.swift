import HTTPTypes

/// The operations on supported content profiles, in one family of paths.
public struct SupportedContentEndpoints: Sendable {
    /// List, create, get, update, delete.
    public let resource: ResourceEndpoints<SupportedContent, SupportedContentRequest>

    /// All five.
    public var operations: [APIOperation] { resource.operations }

    /// The five of the seed page, below `/api/v2/messaging/supportedcontent`. The default is only in ``current``.
    public static let deprecated = SupportedContentEndpoints(
        Family(
            path: "/api/v2/messaging/supportedcontent",
            entity: "messaging:supportedContent",
            successor: current.family.path
        ),
        prefix: "Messaging"
    )

    /// Their successors, below `/api/v2/conversations/messaging/supportedcontent`.
    public static let current = CurrentSupportedContentEndpoints()

    fileprivate init(_ family: Family, prefix: String) {
        resource = ResourceEndpoints(
            family,
            object: "supportedContentId",
            words: (
                "Get a list of Supported Content profiles", "Get a supported content profile",
                "Create a Supported Content profile", "Update a supported content profile",
                "Delete a supported content profile"
            ),
            ids: (
                "get\(prefix)Supportedcontent", "post\(prefix)Supportedcontent",
                "get\(prefix)SupportedcontentSupportedContentId", "patch\(prefix)SupportedcontentSupportedContentId",
                "delete\(prefix)SupportedcontentSupportedContentId"
            ),
            add: PermissionRule.any
        )
    }
}

/// The operations on supported content profiles and on the default among them, below
/// `/api/v2/conversations/messaging/supportedcontent`.
public struct CurrentSupportedContentEndpoints: Sendable {
    /// List, create, get, update, delete.
    public let resource: ResourceEndpoints<SupportedContent, SupportedContentRequest>
    /// The default profile.
    public let getDefault: Endpoint<NoParameters, NoBody, SupportedContent>
    /// Makes a profile the default.
    public let setDefault: Endpoint<NoParameters, SupportedContentReference, SupportedContent>

    /// All seven.
    public var operations: [APIOperation] { resource.operations + [getDefault.operation, setDefault.operation] }

    fileprivate let family = Family(
        path: "/api/v2/conversations/messaging/supportedcontent",
        entity: "messaging:supportedContent"
    )

    fileprivate init() {
        resource = SupportedContentEndpoints(family, prefix: "ConversationsMessaging").resource
        let path = "\(family.path)/default"
        getDefault = family.endpoint(
            "getConversationsMessagingSupportedcontentDefault",
            .get,
            path,
            .all([family.permission("view")]),
            "Get the organization's default supported content profile that will be used as the default when creating an integration."
        )
        setDefault = family.endpoint(
            "putConversationsMessagingSupportedcontentDefault",
            .put,
            path,
            .all([family.permission("edit")]),
            "Set the organization's default supported content profile that may be assigned to an integration when it is created."
        )
    }
}
