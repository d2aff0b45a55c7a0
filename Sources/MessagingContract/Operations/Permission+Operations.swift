extension Permission {
    /// All permissions that any operation requires, ordered by name.
    public static let all: [Permission] = Set(APIOperation.all.flatMap(\.permission.permissions))
        .sorted { $0.rawValue < $1.rawValue }
}

extension PermissionRule {
    /// Throws the vendor's 403 if the permissions `held` are not enough.
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
