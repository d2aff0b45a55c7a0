import MessagingFiles
import MessagingSDK

/// The commands on the objects of a kind, with the permissions that they need.
struct CoveredCommands {
    private var needs: [(command: String, permissions: Set<Permission>)] = []

    /// Creates the commands on a kind that a host has.
    init<Entity: ManagedEntity>(on kind: Entity.Type, _ host: MessagingHost) {
        let isOurs = host.honorsIdempotencyKeys
        add("get", Entity.endpoints.get.operation.permission)
        if isOurs, let kind = Entity.self as? any UsedManagedEntity.Type { add("usage", kind.usagePermission) }
        let defaults = (Entity.self as? any DefaultedEntity.Type)?.defaultPermissions
        if let defaults { add("default get", defaults.get) }
        for command in ["export", "diff", "plan", "drift"] { add(command, Entity.Listed.listing.operation.permission) }
        if Entity.self == SupportedContent.self {
            add("simulate", SimulationEndpoints.run.operation.permission)
            add("media-type check", Entity.endpoints.get.operation.permission)
        }
        add("edit", Entity.endpoints.update.operation.permission)
        if isOurs, let restoration = (Entity.self as? any HistoricEntity.Type)?.restorationOperation {
            add("restore", RestorationPermissions.needed(of: restoration, isDeleted: false))
            add("restore of deleted objects", RestorationPermissions.needed(of: restoration, isDeleted: true))
        }
        if let defaults {
            add("default set", defaults.set)
            if let clear = defaults.clear { add("default clear", clear) }
        }
    }

    /// Returns the commands that need no more than an operation does, as an addition to the detail of a check.
    func also(_ operation: APIOperation) -> String {
        let given = Set(operation.permission.permissions)
        let commands = needs.filter { $0.permissions.isSubset(of: given) }.map(\.command)
        return commands.isEmpty ? "" : "; also \(commands.joined(separator: ", "))"
    }

    private mutating func add(_ command: String, _ rule: PermissionRule) {
        needs.append((command, Set(rule.permissions)))
    }
}

extension UsedManagedEntity {
    /// The permissions of the operation that lists the uses of an object.
    fileprivate static var usagePermission: PermissionRule { usage.operation.permission }
}

extension DefaultedEntity {
    /// The permissions of the operations on the default; nil for clear if the kind always has a default.
    fileprivate static var defaultPermissions: (get: PermissionRule, set: PermissionRule, clear: PermissionRule?) {
        let endpoints = defaultEndpoints
        return (
            endpoints.get.operation.permission, endpoints.set.operation.permission,
            endpoints.clear?.operation.permission
        )
    }
}

extension HistoricEntity {
    /// The operation that restores a version.
    fileprivate static var restorationOperation: APIOperation { restoration.operation }
}
