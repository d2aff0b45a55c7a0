/// A permission that a client may have, in the vendor's form `domain:entity:action`.
public struct Permission: RawRepresentable, Hashable, Sendable {
    /// The permission's name, such as `messaging:setting:view`.
    public let rawValue: String

    /// Creates a permission with this name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension Permission {
    /// Required to see integrations in the response of any operation.
    package static let viewIntegrations = Permission(rawValue: "messaging:integration:view")
    /// Required to see more of a setting than its id in a response.
    package static let viewSettings = Permission(rawValue: "messaging:setting:view")
    /// Required to see more of a profile than its id in a response.
    package static let viewSupportedContent = Permission(rawValue: "messaging:supportedContent:view")
}

/// A rule for the permissions that an operation requires.
public enum PermissionRule: Hashable, Sendable {
    /// No permission. If the operation requires a token, any valid token is enough.
    case none
    /// All of these permissions.
    case all([Permission])
    /// At least one of these permissions.
    case any([Permission])

    /// The permissions that the rule names.
    public var permissions: [Permission] {
        switch self {
        case .none: []
        case .all(let permissions), .any(let permissions): permissions
        }
    }
}
