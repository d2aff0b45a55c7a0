/// What a client may be allowed to do, in the vendor's form `domain:entity:action`.
public struct Permission: RawRepresentable, Hashable, Sendable {
    /// The permission's name, `messaging:setting:view`.
    public let rawValue: String

    /// A permission by its name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension Permission {
    /// Asked for where a response would show integrations, whatever operation it belongs to.
    package static let viewIntegrations = Permission(rawValue: "messaging:integration:view")
    /// Asked for where a response would show more of a setting than its id.
    package static let viewSettings = Permission(rawValue: "messaging:setting:view")
    /// Asked for where a response would show more of a profile than its id.
    package static let viewSupportedContent = Permission(rawValue: "messaging:supportedContent:view")
}

/// Which permissions an operation asks for.
public enum PermissionRule: Hashable, Sendable {
    /// None: a token is enough, where the operation asks for one.
    case none
    /// Each of these.
    case all([Permission])
    /// One of these.
    case any([Permission])

    /// The permissions that the rule names.
    public var permissions: [Permission] {
        switch self {
        case .none: []
        case .all(let permissions), .any(let permissions): permissions
        }
    }
}
