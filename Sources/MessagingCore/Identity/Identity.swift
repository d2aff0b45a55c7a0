public import MessagingContract
import Synchronization

public import struct Foundation.Date

/// The authentication of clients by their secrets and of callers by their tokens. It also issues tokens.
public final class Identity: Sendable {
    package let organizations: Organizations
    private let lifetime: Int
    private let tokensPerClient: Int
    private let guesses = GuessLimiter()
    private let tokens = Mutex(RecentlyUsed<TokenDigest, Token>(capacity: 65_536))

    private let counters = TokenCounters()

    /// Counts of tokens since the start.
    public var statistics: TokenStatistics { counters.values }

    /// Creates an identity for the clients of these organizations. Its tokens last `lifetime` seconds. A client may have `tokensPerClient`
    /// tokens that have not expired.
    public init(
        organizations: Organizations,
        lifetime: Int,
        tokensPerClient: Int = 1_000
    ) {
        self.organizations = organizations
        self.lifetime = lifetime
        self.tokensPerClient = tokensPerClient
    }

    /// Returns the client that proves its secret, as OAuth clients do (RFC 6749, section 2.3), in a request from `address`.
    ///
    /// `credentials` are pairs of an id and a secret, of which one must be right. `note` gets the client that the credentials name, for the
    /// log. It gets the client even if the credentials are refused.
    ///
    /// Throws:
    ///
    /// - `invalid_client` for an unknown id or a wrong secret, with the same response after the same work.
    /// - 429 with the seconds to wait, after 10 failures of an id from an address within a minute.
    /// - 503 if the store cannot be reached.
    public func client(
        _ credentials: [(id: String, secret: String)],
        from address: String?,
        noting note: (NamedClient) -> Void = { _ in }
    ) async throws(APIError) -> AuthenticatedClient {
        let sources = credentials.map { GuessLimiter.Source(client: $0.id, address: address) }
        do {
            try guesses.check(Set(sources), at: organizations.surroundings.instant())
        } catch {
            note(guesses.named(by: Set(sources)) ?? .unknown)
            throw error
        }
        var named = NamedClient.unknown
        defer { note(named) }
        var found: AuthenticatedClient?
        for (id, secret) in credentials where found == nil {
            let (client, digest) = try await organizations.storedClient(id)
            if let client { named = NamedClient(client: client.id, organization: client.organization) }
            if Secret.matches(secret, digest: digest) { found = client }
        }
        try guesses.record(success: found != nil, of: sources, naming: named, at: organizations.surroundings.instant())
        guard let found else { throw .oauth(.invalidClient, "client authentication failed") }
        return found
    }

    /// Issues a token to a client (client credentials, RFC 6749 section 4.4) and returns it once it is durable.
    ///
    /// `scope` selects some of the client's scopes; nil or empty selects all. Throws `invalid_scope`, 429 if the client already has its
    /// largest number of tokens, and 503 if the store cannot be reached.
    public func issueToken(
        to client: AuthenticatedClient,
        scope: String?
    ) async throws(APIError) -> AccessTokenResponse {
        let scopes = try Self.scopes(scope, of: client)
        let token = Secret.makeToken()
        let now = organizations.surroundings.now(client.organization)
        let stored = StoredToken(
            digest: TokenDigest(of: token).bytes,
            organization: client.organization,
            client: client.id,
            scopes: scopes.map(\.rawValue),
            expires: now.addingTimeInterval(Double(lifetime))
        )
        let isStored = try await APIError.fromStore { () throws(StoreError) in
            try await organizations.store.insert(stored, upTo: tokensPerClient, at: now)
        }
        guard isStored else { throw .tooManyLiveTokens(limit: tokensPerClient) }
        counters.issued.add(1, ordering: .relaxed)
        return AccessTokenResponse(token: token, lifetime: lifetime, scopes: scopes)
    }

    /// Returns the caller that a token authenticates. Throws 401 `bad.credentials` if the token is malformed, unknown, expired or revoked,
    /// or its client was deleted. Throws 503 if the store cannot be reached.
    public func authenticate(_ token: String) async throws(APIError) -> Caller {
        guard let caller = try await caller(token) else { throw .badCredentials }
        return caller
    }

    /// Returns the caller of a token, or nil if the token is malformed, unknown, expired or revoked, or its client was deleted. Throws 503
    /// if the store cannot be reached.
    ///
    /// With `evenExpired`, an expired token is accepted. So a token that seems expired by a wrong clock can be revoked, and it stays
    /// revoked when the clock is right again.
    public func caller(_ token: String, evenExpired: Bool = false) async throws(APIError) -> Caller? {
        guard Secret.isToken(token) else { return nil }
        let digest = TokenDigest(of: token)
        guard let known = try await self.token(digest), evenExpired || !hasExpired(known),
            let snapshot = try await organizations.latest(known.organization)
        else { return nil }
        let isCurrent = known.isCurrent(in: snapshot.organization)
        guard let token = isCurrent ? known : try await storedToken(digest),
            let standing = token.standing(in: snapshot.organization)
        else { return nil }
        return Caller(snapshot: snapshot, standing: standing)
    }

    /// Returns the organization of a token if the token is in memory. `last` is the last token of the connection. It is set to this token then.
    package func knownOrganization(_ token: UnsafeRawBufferPointer, after last: inout LastToken) -> String? {
        if let remembered = last.token(token) { return remembered.organization }
        guard let known = tokens.withLock({ $0.value(for: TokenDigest(of: token)) }) else { return nil }
        last.remember(known, token)
        return known.organization
    }

    /// Returns the caller of a token if it is known without waiting for the store. Returns nil if it is not known, or the token is not
    /// valid. `last` is the last token of the connection. It is set to this token if that is in memory. The organization of the caller has at
    /// least this `revision`.
    package func knownCaller(
        _ token: UnsafeRawBufferPointer,
        after last: inout LastToken,
        from revision: Revision = 0
    ) -> Caller? {
        let remembered = last.token(token)
        if let remembered, let caller = caller(remembered, &last, revision) { return caller }
        // The token is another one, or was read again since then.
        let digest = TokenDigest(of: token)
        guard let known = tokens.withLock({ $0.value(for: digest) }), known !== remembered else { return nil }
        last.remember(known, token)
        return caller(known, &last, revision)
    }

    /// Returns the caller of the token that `last` remembers.
    private func caller(_ token: Token, _ last: inout LastToken, _ revision: Revision) -> Caller? {
        guard !hasExpired(token), let snapshot = organizations.known(token.organization, at: &last.spot),
            snapshot.organization.revision >= revision, let standing = last.standing(in: snapshot.organization)
        else { return nil }
        counters.hits.withLock { $0 += 1 }
        return Caller(snapshot: snapshot, standing: standing)
    }

    /// Deletes tokens that expired before a time of a ``SweepClock``, a few at a time, until none are left or the task is cancelled.
    public func sweepTokens(expiredBefore time: Date) async throws(StoreError) {
        while !Task.isCancelled,
            try await organizations.store.deleteTokens(expiredBefore: time, limit: 500) == 500
        {}
    }

    private func hasExpired(_ token: Token) -> Bool {
        token.expires <= organizations.surroundings.now(token.organization)
    }

    private func token(_ digest: TokenDigest) async throws(APIError) -> Token? {
        if let token = tokens.withLock({ $0.value(for: digest) }) {
            counters.hits.withLock { $0 += 1 }
            return token
        }
        return try await storedToken(digest)
    }

    /// Returns the token from the store and keeps it in memory. Returns nil if the store does not have it.
    private func storedToken(_ digest: TokenDigest) async throws(APIError) -> Token? {
        counters.misses.add(1, ordering: .relaxed)
        let found = try await APIError.fromStore { () throws(StoreError) in
            try await organizations.store.token(digest: digest.bytes)
        }
        guard let (token, revision) = found else {
            tokens.withLock { $0.removeValue(for: digest) }
            return nil
        }
        let known = Token(token, at: revision)
        tokens.withLock { $0.insert(known, for: digest) }
        return known
    }

    private static func scopes(_ wanted: String?, of client: AuthenticatedClient) throws(APIError) -> [Scope] {
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
