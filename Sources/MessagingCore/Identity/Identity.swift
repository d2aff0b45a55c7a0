public import MessagingContract
import Synchronization

import struct Foundation.Date

/// Issues tokens, and tells by a token who is calling.
public final class Identity: Sendable {
    private let organizations: Organizations
    private let lifetime: Int
    private let tokens = Mutex(RecentlyUsed<[UInt8], Token>(capacity: 65_536))

    private let counters = TokenCounters()

    /// What became of tokens since the start.
    public var statistics: TokenStatistics { counters.values }

    /// Tokens of `lifetime` seconds for the clients of these organizations.
    public init(organizations: Organizations, lifetime: Int) {
        self.organizations = organizations
        self.lifetime = lifetime
    }

    /// Issues a token to a client that shows its secret (client credentials, RFC 6749 section 4.4), once the token is durable.
    ///
    /// `credentials` are pairs of an id and a secret, of which one has to be right. `scope` narrows the client's scopes; nil or
    /// empty gives all of them. Throws `invalid_client`, `invalid_scope`, and 503 when the store cannot be reached.
    public func issueToken(
        credentials: [(id: String, secret: String)],
        scope: String?
    ) async throws(APIError) -> AccessTokenResponse {
        guard let (client, organization) = try await client(credentials) else {
            throw .oauth(.invalidClient, "client authentication failed")
        }
        let scopes = try Self.scopes(scope, of: client)
        let token = Secret.make()
        let stored = StoredToken(
            digest: Secret.digest(token),
            organization: organization,
            client: client.id,
            scopes: scopes.map(\.rawValue),
            expires: organizations.now().addingTimeInterval(Double(lifetime))
        )
        do {
            try await organizations.store.insert(stored)
        } catch {
            throw APIError(error)
        }
        counters.issued.add(1, ordering: .relaxed)
        return AccessTokenResponse(token: token, lifetime: lifetime, scopes: scopes)
    }

    /// Tells who is calling. Throws 401 `bad.credentials` when the token is unknown, expired or revoked, or its client is gone,
    /// and 503 when the store cannot be reached.
    public func authenticate(_ token: String) async throws(APIError) -> Caller {
        let digest = Secret.digest(token)
        guard let token = try await self.token(digest), token.expires > organizations.now(),
            let organization = try await organizations.snapshot(of: token.organization),
            let client = organization.clients[token.client], !organization.isRevoked(tokenDigest: token.id)
        else { throw .badCredentials }
        return Caller(
            organization: organization,
            client: client,
            scopes: token.scopes,
            tokenDigest: token.id,
            expires: token.expires
        )
    }

    /// Forgets tokens that have expired, a few at a time, until there are none.
    public func sweepExpiredTokens() async throws(StoreError) {
        while try await organizations.store.deleteTokens(expiredBefore: organizations.now(), limit: 500) == 500 {}
    }

    private func client(
        _ credentials: [(id: String, secret: String)]
    ) async throws(APIError) -> (client: OAuthClient, organization: String)? {
        for (id, secret) in credentials {
            guard let organization = try await organizations.organization(ofClient: id),
                let client = organization.clients[id], Secret.matches(secret, digest: client.secretDigest)
            else { continue }
            return (client, organization.id)
        }
        return nil
    }

    private func token(_ digest: [UInt8]) async throws(APIError) -> Token? {
        if let token = tokens.withLock({ $0.value(for: digest) }) {
            counters.hits.add(1, ordering: .relaxed)
            return token
        }
        counters.misses.add(1, ordering: .relaxed)
        do {
            guard let token = try await organizations.store.token(digest: digest).map(Token.init) else { return nil }
            tokens.withLock { $0.insert(token, for: digest) }
            return token
        } catch {
            throw APIError(error)
        }
    }

    private static func scopes(_ wanted: String?, of client: OAuthClient) throws(APIError) -> [Scope] {
        let held = client.scopes.compactMap(Scope.init(rawValue:))
        let names = (wanted ?? "").split(separator: " ")
        if names.isEmpty { return held }
        var scopes: [Scope] = []
        for name in names {
            guard let scope = Scope(rawValue: String(name)), scope.isGranted(by: Set(held)) else {
                throw .oauth(.invalidScope, "the client does not have one of the scopes")
            }
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        return scopes
    }
}
