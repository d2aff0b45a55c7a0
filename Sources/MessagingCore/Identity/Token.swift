import MessagingContract
import Synchronization

import struct Foundation.Date

/// A token in memory, ready for the check of a request.
final class Token: Sendable {
    /// Its digest in hexadecimal.
    let id: String
    let organization: String
    let expires: Date
    /// The revision of its organization when the token was read from the store.
    private let revision: Revision
    private let client: String
    private let scopes: Set<Scope>
    /// The result of the last check, and the revision of the last change of a client that it is based on.
    private let last = Mutex<(revision: Revision, standing: Standing)?>(nil)

    /// Creates a token that was read from the store when its organization was at `revision`.
    init(_ stored: StoredToken, at revision: Revision) {
        self.revision = revision
        id = Hexadecimal.string(stored.digest)
        organization = stored.organization
        client = stored.client
        scopes = Set(stored.scopes.compactMap(Scope.init(rawValue:)))
        expires = stored.expires
    }

    /// Returns whether no token of the organization was revoked since this one was read from the store. Otherwise it must be read again.
    func isCurrent(in organization: Organization) -> Bool { revision >= organization.tokenRevision }

    /// Returns the rights of the token in its organization, or nil if it is not current or its client was deleted.
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

/// The rights of a token, valid as long as no client of its organization changes.
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
