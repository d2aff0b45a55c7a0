public import MessagingContract

public import struct Foundation.Date

/// The sender of a request: a token, its client, and the organization as it was when the token was checked.
public struct Caller: Sendable {
    let snapshot: Snapshot
    let standing: Standing

    /// A snapshot of the organization.
    public var organization: Organization { _read { yield snapshot.organization } }
    /// The client to which the token was issued.
    public var client: OAuthClient { standing.client }
    /// The id of the organization.
    public var organizationID: String { snapshot.organization.id }
    /// The id of the client.
    public var clientID: String { standing.client.id }
    /// The scopes of the token.
    public var scopes: Set<Scope> { standing.scopes }
    /// The token's digest in hexadecimal.
    public var tokenDigest: String { standing.tokenDigest }
    /// The token's digest, 32 bytes.
    public var tokenDigestBytes: [UInt8] { [UInt8](hexadecimal: standing.tokenDigest[...]) }
    /// The moment at which the token expires.
    public var expires: Date { standing.expires }

    /// Returns whether the client has a permission. For content of a response beyond the permissions of its operation.
    public func has(_ permission: Permission) -> Bool { standing.grants.contains(permission) }

    /// Returns those of the expansions whose objects the caller may view.
    public func visible(_ expansions: Set<IntegrationExpansion>) -> Set<IntegrationExpansion> {
        if expansions.isEmpty { return expansions }
        return expansions.filter { $0.permission.map(has) ?? true }
    }

    /// Throws the vendor's 403 unless the token's scopes and the client's permissions suffice for an operation with these requirements.
    public func authorize(_ access: APIOperation.Access, _ permission: PermissionRule) throws(APIError) {
        if case .bearer(let scope?) = access, !scope.isGranted(by: standing.scopes) {
            throw .notAuthorized(missing: scope)
        }
        try permission.check(standing.grants)
    }
}

extension IntegrationExpansion {
    /// The permission to view the expanded object; nil if the expansion shows nothing.
    fileprivate var permission: Permission? {
        switch self {
        case .supportedContent: .viewSupportedContent
        case .messagingSetting: .viewSettings
        case .identityresolution: nil
        }
    }
}
