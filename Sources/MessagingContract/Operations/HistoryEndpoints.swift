import HTTPTypes

/// The permissions of a restoration: `add` to restore a deleted object, `edit` to restore an earlier version of an existing one.
package enum RestorationPermissions {
    /// Returns both permissions.
    fileprivate static func all(of entity: String) -> [Permission] {
        ["add", "edit"].map { Permission(rawValue: "\(entity):\($0)") }
    }

    /// Returns the permission of an operation that is required for a deleted object or for an existing one.
    package static func needed(of operation: APIOperation, isDeleted: Bool) -> PermissionRule {
        .all(operation.permission.permissions.filter { $0.rawValue.hasSuffix(isDeleted ? ":add" : ":edit") })
    }
}

/// The operations on an organization's history. They are our own; the vendor has none like them.
public enum HistoryEndpoints {
    /// Lists changes, the newest first. The first listed change of an object shows the object as of the revision.
    public static let changes = Endpoint<ChangesQuery, NoBody, Listing<ObjectChange>>(
        "getPlatformChanges",
        .get,
        "/platform/v1/changes",
        access: .bearer(.readOnly),
        permission: .all([Permission(rawValue: "messaging:audit:view")]),
        tag: tag,
        summary:
            "Get the changes of the organization's objects, newest first: author, time, origin, and the object before and after"
    )
    /// Restores an earlier version of a setting, even of a deleted one.
    public static let restoreSetting: Endpoint<EntityID, RestorationRequest, MessagingSetting> = restoration(
        of: .settings,
        entity: "messaging:setting",
        "Restore an earlier version of a messaging setting, even of a deleted one"
    )
    /// Restores an earlier version of a profile, even of a deleted one.
    public static let restoreSupportedContent: Endpoint<EntityID, RestorationRequest, SupportedContent> = restoration(
        of: .supportedContent,
        entity: "messaging:supportedContent",
        "Restore an earlier version of a supported content profile, even of a deleted one"
    )

    /// Restores an earlier version of an open messaging integration, even of a deleted one.
    public static let restoreIntegration: Endpoint<EntityID, RestorationRequest, OpenIntegration> = restoration(
        of: .integrations,
        entity: "messaging:integration",
        "Restore an earlier version of an Open messaging integration, even of a deleted one"
    )

    static let operations = [
        changes.operation, restoreSetting.operation, restoreSupportedContent.operation, restoreIntegration.operation,
    ]

    private static let tag = "History"

    /// Returns the operation on a kind whose permissions begin with `entity`.
    private static func restoration<Response>(
        of kind: ObjectKind,
        entity: String,
        _ summary: String
    ) -> Endpoint<EntityID, RestorationRequest, Response> {
        Endpoint(
            "postPlatform\(kind.capitalized)Restorations",
            .post,
            "/platform/v1/\(kind.rawValue)/{id}/restorations",
            access: .bearer(.messaging),
            permission: .any(RestorationPermissions.all(of: entity)),
            tag: tag,
            kind: kind,
            summary: summary
        )
    }
}

extension RestorationRequest: OperationBody {
    public static let example: JSON? = ["version": 1]
}
