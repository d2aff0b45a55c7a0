import MessagingContract

import struct Foundation.Date

/// A token as it is kept in memory, ready for the check of a request.
struct Token: Sendable {
    let id: String
    let organization: String
    let client: String
    let scopes: Set<Scope>
    let expires: Date

    init(_ stored: StoredToken) {
        id = Secret.hex(stored.digest)
        organization = stored.organization
        client = stored.client
        scopes = Set(stored.scopes.compactMap(Scope.init(rawValue:)))
        expires = stored.expires
    }
}
