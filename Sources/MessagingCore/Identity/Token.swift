import MessagingContract
import Synchronization

import struct Foundation.Date

/// A token as it is kept in memory, ready for the check of a request.
final class Token: Sendable {
    /// Its digest in hexadecimal.
    let id: String
    let organization: String
    let expires: Date
    private let client: String
    private let scopes: Set<Scope>
    /// What was found when a request was checked last, at this revision of who may do what.
    private let last = Mutex<(revision: Revision, standing: Standing)?>(nil)

    init(_ stored: StoredToken) {
        id = Secret.hex(stored.digest)
        organization = stored.organization
        client = stored.client
        scopes = Set(stored.scopes.compactMap(Scope.init(rawValue:)))
        expires = stored.expires
    }

    /// What the token allows in its organization; nil when it was revoked or its client is gone.
    func standing(in organization: Organization) -> Standing? {
        last.withLock { last in
            if let last, last.revision == organization.accessRevision { return last.standing }
            guard let client = organization.clients[client], !organization.isRevoked(tokenDigest: id) else {
                return nil
            }
            let standing = Standing(
                client: client,
                grants: organization.grants[client.id] ?? [],
                scopes: scopes,
                tokenDigest: id,
                expires: expires
            )
            last = (organization.accessRevision, standing)
            return standing
        }
    }
}

/// What a token allows, as long as no client and no revocation of its organization changes.
final class Standing: Sendable {
    let client: OAuthClient
    let grants: Set<Permission>
    let scopes: Set<Scope>
    let tokenDigest: String
    let expires: Date

    init(client: OAuthClient, grants: Set<Permission>, scopes: Set<Scope>, tokenDigest: String, expires: Date) {
        self.client = client
        self.grants = grants
        self.scopes = scopes
        self.tokenDigest = tokenDigest
        self.expires = expires
    }
}
