import MessagingContract
import Synchronization

import struct Foundation.Date

/// A token as it is kept in memory, ready for the check of a request.
final class Token: Sendable {
    /// Its digest in hexadecimal.
    let id: String
    let organization: String
    let expires: Date
    /// The revision of its organization when the store had the token.
    private let revision: Revision
    private let client: String
    private let scopes: Set<Scope>
    /// What was found when a request was checked last, at this revision of who may do what.
    private let last = Mutex<(revision: Revision, standing: Standing)?>(nil)

    /// A token as the store had it when its organization was at `revision`.
    init(_ stored: StoredToken, at revision: Revision) {
        self.revision = revision
        id = Hexadecimal.string(stored.digest)
        organization = stored.organization
        client = stored.client
        scopes = Set(stored.scopes.compactMap(Scope.init(rawValue:)))
        expires = stored.expires
    }

    /// Whether no token of the organization was revoked since the store had this one. If one was, the store has to say whether it
    /// was this one.
    func isCurrent(in organization: Organization) -> Bool { revision >= organization.tokenRevision }

    /// What the token allows in its organization; nil when it is not current or its client is gone.
    func standing(in organization: Organization) -> Standing? {
        guard isCurrent(in: organization) else { return nil }
        return last.withLock { last in
            if let last, last.revision == organization.accessRevision { return last.standing }
            guard let client = organization.clients[client] else { return nil }
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

/// What a token allows, as long as no client of its organization changes.
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
