import HTTPTypes

/// The operations on messaging settings and on the default among them, in one family of paths.
public struct MessagingSettingEndpoints: Sendable {
    /// List, create, get, update, delete.
    public let resource: ResourceEndpoints<MessagingSetting, MessagingSettingRequest>
    /// The default setting; 204 when none is set (our reading).
    public let getDefault: Endpoint<NoParameters, NoBody, MessagingSetting?>
    /// Makes a setting the default.
    public let setDefault: Endpoint<NoParameters, MessagingSettingDefaultRequest, MessagingSetting>
    /// Leaves the organization without a default setting.
    public let clearDefault: Endpoint<NoParameters, NoBody, NoContent>

    /// All eight.
    public var operations: [APIOperation] {
        resource.operations + [getDefault.operation, setDefault.operation, clearDefault.operation]
    }

    /// The eight of the seed page, below `/api/v2/messaging/settings`.
    public static let deprecated = MessagingSettingEndpoints(
        Family(path: "/api/v2/messaging/settings", entity: "messaging:setting", successor: current.path),
        prefix: "Messaging",
        add: PermissionRule.any
    )

    /// Their successors, below `/api/v2/conversations/messaging/settings`.
    public static let current = MessagingSettingEndpoints(
        Family(path: "/api/v2/conversations/messaging/settings", entity: "messaging:setting"),
        prefix: "ConversationsMessaging",
        add: PermissionRule.all
    )

    private var path: String { resource.list.operation.path }

    private init(_ family: Family, prefix: String, add: ([Permission]) -> PermissionRule) {
        resource = ResourceEndpoints(
            family,
            object: "messageSettingId",
            words: (
                "Get a list of messaging settings", "Get a messaging setting", "Create a messaging setting",
                "Update a messaging setting", "Delete a messaging setting"
            ),
            ids: (
                "get\(prefix)Settings", "post\(prefix)Settings", "get\(prefix)Setting", "patch\(prefix)Setting",
                "delete\(prefix)Setting"
            ),
            add: add
        )
        let path = "\(family.path)/default"
        getDefault = family.endpoint(
            "get\(prefix)SettingsDefault",
            .get,
            path,
            .all([family.permission("view")]),
            "Get the organization's default settings that will be used as the default when creating an integration."
        )
        setDefault = family.endpoint(
            "put\(prefix)SettingsDefault",
            .put,
            path,
            .all([family.permission("edit")]),
            "Set the organization's default settings that may be applied to an integration when it is created."
        )
        clearDefault = family.endpoint(
            "delete\(prefix)SettingsDefault",
            .delete,
            path,
            .all([family.permission("delete")]),
            "Delete the organization's default setting, a global default will be applied to integrations without settings"
        )
    }
}
