public import MessagingContract

public import struct Foundation.Date

/// Who is calling: a token, its client, and the organization as it was when the token was checked.
public struct Caller: Sendable {
    let snapshot: Snapshot
    let standing: Standing

    /// A snapshot of the organization.
    public var organization: Organization { _read { yield snapshot.organization } }
    /// The client that the token was issued to.
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
    public var tokenDigestBytes: [UInt8] { Hexadecimal.bytes(standing.tokenDigest) }
    /// When the token expires.
    public var expires: Date { standing.expires }

    /// Whether the client has a permission. For what a response shows beyond what its operation asks for.
    public func has(_ permission: Permission) -> Bool { standing.grants.contains(permission) }

    /// The expansions of these that show the caller nothing that it may not view.
    public func visible(_ expansions: Set<IntegrationExpansion>) -> Set<IntegrationExpansion> {
        if expansions.isEmpty { return expansions }
        return expansions.filter { $0.permission.map(has) ?? true }
    }

    /// Throws the vendor's 403 unless the token's scopes and the client's permissions are enough for an operation that asks for these.
    public func authorize(_ access: APIOperation.Access, _ permission: PermissionRule) throws(APIError) {
        if case .bearer(let scope?) = access, !scope.isGranted(by: standing.scopes) {
            throw .notAuthorized(missing: scope)
        }
        try permission.check(standing.grants)
    }
}

extension IntegrationExpansion {
    /// The permission that seeing the expanded object takes; nil for what shows nothing.
    fileprivate var permission: Permission? {
        switch self {
        case .supportedContent: .viewSupportedContent
        case .messagingSetting: .viewSettings
        case .identityresolution: nil
        }
    }
}
