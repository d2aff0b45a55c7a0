/// The operations on messaging settings below one path.
public struct MessagingSettingEndpoints: Sendable {
    /// The operations list, create, get, update and delete.
    public let resource: ResourceEndpoints<MessagingSetting, MessagingSettingRequest, Paging, EntityID>
    /// The operations get, set and clear on the default.
    public let `default`: DefaultEndpoints<MessagingSetting, MessagingSettingDefaultRequest>

    /// All eight operations.
    public var operations: [APIOperation] { resource.operations + `default`.operations }

    /// The eight operations of the seed page, below `/api/v2/messaging/settings`.
    public static let deprecated = MessagingSettingEndpoints(
        ResourcePath(
            kind: .settings,
            path: "/api/v2/messaging/settings",
            entity: "messaging:setting",
            tag: "Messaging settings",
            successor: current.resource.list.operation.path
        ),
        prefix: "Messaging",
        add: PermissionRule.any
    )

    /// Their successors, below `/api/v2/conversations/messaging/settings`.
    public static let current = MessagingSettingEndpoints(
        ResourcePath(
            kind: .settings,
            path: "/api/v2/conversations/messaging/settings",
            entity: "messaging:setting",
            tag: "Messaging settings"
        ),
        prefix: "ConversationsMessaging",
        add: PermissionRule.all
    )

    private init(_ resource: ResourcePath, prefix: String, add: ([Permission]) -> PermissionRule) {
        self.resource = ResourceEndpoints(
            resource,
            object: "messageSettingId",
            list: OperationName("get\(prefix)Settings", "Get a list of messaging settings"),
            create: OperationName("post\(prefix)Settings", "Create a messaging setting"),
            get: OperationName("get\(prefix)Setting", "Get a messaging setting"),
            update: OperationName("patch\(prefix)Setting", "Update a messaging setting"),
            delete: OperationName("delete\(prefix)Setting", "Delete a messaging setting"),
            add: add
        )
        `default` = DefaultEndpoints(
            resource,
            name: "\(prefix)SettingsDefault",
            get:
                "Get the organization's default settings that will be used as the default when creating an integration.",
            set: "Set the organization's default settings that may be applied to an integration when it is created.",
            clear:
                "Delete the organization's default setting, a global default will be applied to integrations without "
                + "settings"
        )
    }
}

extension MessagingSetting: DefaultableEntity, RestorableEntity, UsedEntity {
    public static var objectKind: ObjectKind { .settings }
    public static var endpoints: ResourceEndpoints<MessagingSetting, MessagingSettingRequest, Paging, EntityID> {
        MessagingSettingEndpoints.current.resource
    }
    public static var defaultEndpoints: DefaultEndpoints<MessagingSetting, MessagingSettingDefaultRequest> {
        MessagingSettingEndpoints.current.default
    }
    public static var restoration: Endpoint<EntityID, RestorationRequest, MessagingSetting> {
        HistoryEndpoints.restoreSetting
    }
    public static var usage: Endpoint<PagedEntityID, NoBody, ObjectUsage> { UsageEndpoints.setting }
}

extension MessagingSettingRequest: OperationBody {
    public static let example: JSON? = [
        "name": "Support", "content": ["story": ["mention": ["inbound": "Enabled"]]],
        "event": ["typing": ["on": ["inbound": "Enabled", "outbound": "Disabled"]]],
    ]
}

extension MessagingSettingDefaultRequest: OperationBody {
    public static let example: JSON? = ["settingId": "01a1b2c3-0000-7000-8000-000000000000"]
}

extension MessagingSetting: ReadableResponse { public static let isTagged = true }
