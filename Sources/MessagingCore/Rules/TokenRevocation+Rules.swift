public import MessagingContract

public import struct Foundation.Date

extension Organization {
    /// Ends a token before it expires, and forgets up to two revocations whose tokens have expired since.
    /// Throws 400 when there is no room: a revocation that is forgotten too early would revive its token.
    public mutating func revoke(tokenDigest: String, expires: Date, _ stamp: Stamp) throws(APIError) {
        let revocations = self[.tokenRevocation]
        for expired in revocations.page(offset: 0, limit: 2) where expired.name < stamp.time.wire {
            remove(.tokenRevocation, expired.id, stamp)
        }
        if revocations[tokenDigest] == nil {
            try checkRoom(.revocations, stamp)
            put(.tokenRevocation, tokenDigest, ["name": .string(expires.wire)], stamp)
        }
    }

    /// Whether a token was ended.
    func isRevoked(tokenDigest: String) -> Bool { self[.tokenRevocation][tokenDigest] != nil }
}
