public import MessagingContract

public import struct Foundation.Date

/// Who is calling: a token, its client, and the organization as it was when the token was checked.
public struct Caller: Sendable {
    /// A snapshot of the organization.
    public let organization: Organization
    /// The client that the token was issued to.
    public let client: OAuthClient
    /// The scopes of the token.
    public let scopes: Set<Scope>
    /// The token's digest in hexadecimal.
    public let tokenDigest: String
    /// When the token expires.
    public let expires: Date

    /// Throws the vendor's 403 unless the token's scopes and the client's permissions are enough for the operation.
    public func authorize(_ operation: APIOperation) throws(APIError) {
        if case .bearer(let scope?) = operation.access, !scope.isGranted(by: scopes) {
            throw .notAuthorized(missing: scope)
        }
        try operation.permission.check(client.grants)
    }
}
