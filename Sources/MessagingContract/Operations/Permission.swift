/// What a client may be allowed to do, in the vendor's form `domain:entity:action`.
public struct Permission: RawRepresentable, Hashable, Sendable {
    /// The permission's name, `messaging:setting:view`.
    public let rawValue: String

    /// A permission by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// All permissions that some operation asks for, ordered by name.
    public static let all: [Permission] = Set(APIOperation.all.flatMap(\.permission.permissions))
        .sorted { $0.rawValue < $1.rawValue }
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

    /// Throws the vendor's 403 unless `held` is enough.
    public func check(_ held: Set<Permission>) throws(APIError) {
        switch self {
        case .none:
            return
        case .all(let permissions):
            let missing = permissions.filter { !held.contains($0) }
            if !missing.isEmpty { throw .missing(all: missing) }
        case .any(let permissions):
            if held.isDisjoint(with: permissions) { throw .missing(anyOf: permissions) }
        }
    }
}

/// What a token may be used for.
public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Everything; contains ``readOnly``.
    case messaging
    /// Reading.
    case readOnly = "messaging:readonly"

    /// Whether a token with these scopes may be used for an operation that asks for this one.
    public func isGranted(by scopes: Set<Scope>) -> Bool {
        scopes.contains(self) || scopes.contains(.messaging)
    }
}
