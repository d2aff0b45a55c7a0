public import MessagingContract
import Synchronization

public import struct Foundation.Date

/// The authentication of clients by their secrets and of callers by their tokens. It also issues tokens.
public final class Identity: Sendable {
    private let organizations: Organizations
    private let lifetime: Int
    private let tokensPerClient: Int
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let guesses = GuessLimiter()
    private let tokens = Mutex(RecentlyUsed<TokenDigest, Token>(capacity: 65_536))

    private let counters = TokenCounters()

    /// What became of tokens since the start.
    public var statistics: TokenStatistics { counters.values }

    /// Issues tokens of `lifetime` seconds to the clients of these organizations, each of which may have `tokensPerClient` that have not
    /// expired. `clock` is that of the minute in which failures count.
    public init(
        organizations: Organizations,
        lifetime: Int,
        tokensPerClient: Int = 1_000,
        clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.organizations = organizations
        self.lifetime = lifetime
        self.tokensPerClient = tokensPerClient
        self.clock = clock
    }

    /// Returns the client that shows its secret, as OAuth clients do (RFC 6749, section 2.3), in a request from `address`.
    ///
    /// `credentials` are pairs of an id and a secret, of which one has to be right. `note` gets the client that the credentials name, for
    /// the log. It gets the client also when the credentials are refused.
    ///
    /// Throws
    /// - `invalid_client` for an unknown id or a wrong secret, with the same response after the same work;
    /// - 429 with the seconds to wait, after 10 failures of an id from an address within a minute;
    /// - 503 when the store cannot be reached.
    public func client(
        _ credentials: [(id: String, secret: String)],
        from address: String?,
        noting note: (NamedClient) -> Void = { _ in }
    ) async throws(APIError) -> AuthenticatedClient {
        let sources = credentials.map { GuessLimiter.Source(client: $0.id, address: address) }
        do {
            try guesses.check(Set(sources), at: clock())
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
        try guesses.record(success: found != nil, of: sources, naming: named, at: clock())
        guard let found else { throw .oauth(.invalidClient, "client authentication failed") }
        return found
    }

    /// Issues a token to a client (client credentials, RFC 6749 section 4.4), once the token is durable.
    ///
    /// `scope` narrows the client's scopes; nil or empty gives all of them. Throws `invalid_scope`, 429 when the client has as many
    /// tokens as it may have, and 503 when the store cannot be reached.
    public func issueToken(
        to client: AuthenticatedClient,
        scope: String?
    ) async throws(APIError) -> AccessTokenResponse {
        let scopes = try Self.scopes(scope, of: client)
        let token = Secret.makeToken()
        let now = organizations.now()
        let stored = StoredToken(
            digest: TokenDigest(of: token).bytes,
            organization: client.organization,
            client: client.id,
            scopes: scopes.map(\.rawValue),
            expires: now.addingTimeInterval(Double(lifetime))
        )
        let isStored: Bool
        do {
            isStored = try await organizations.store.insert(stored, upTo: tokensPerClient, at: now)
        } catch {
            throw APIError(error)
        }
        guard isStored else { throw .tooManyLiveTokens(limit: tokensPerClient) }
        counters.issued.add(1, ordering: .relaxed)
        return AccessTokenResponse(token: token, lifetime: lifetime, scopes: scopes)
    }

    /// Returns the caller that a token authenticates. Throws 401 `bad.credentials` when the token is malformed, unknown, expired or
    /// revoked, or its client is gone. Throws 503 when the store cannot be reached.
    public func authenticate(_ token: String) async throws(APIError) -> Caller {
        guard let caller = try await caller(token) else { throw .badCredentials }
        return caller
    }

    /// Who may call with a token; nil when it is malformed, unknown, expired or revoked, or its client is gone. Throws 503 when
    /// the store cannot be reached.
    ///
    /// With `evenExpired` a token that has expired is as good as any: what expired by a clock that is wrong may be revoked, and is then
    /// revoked when the clock is right again.
    public func caller(_ token: String, evenExpired: Bool = false) async throws(APIError) -> Caller? {
        guard Secret.isToken(token) else { return nil }
        let digest = TokenDigest(of: token)
        guard let known = try await self.token(digest), evenExpired || known.expires > organizations.now(),
            let snapshot = try await organizations.latest(known.organization)
        else { return nil }
        let isCurrent = known.isCurrent(in: snapshot.organization)
        guard let token = isCurrent ? known : try await storedToken(digest),
            let standing = token.standing(in: snapshot.organization)
        else { return nil }
        return Caller(snapshot: snapshot, standing: standing)
    }

    /// Who may call with a token, when that is known without waiting for the store; nil when it is not, or nobody may.
    package func knownCaller(_ token: UnsafeRawBufferPointer) -> Caller? {
        guard let token = tokens.withLock({ $0.value(for: TokenDigest(of: token)) }),
            token.expires > organizations.now(), let snapshot = organizations.known(token.organization),
            let standing = token.standing(in: snapshot.organization)
        else { return nil }
        counters.hits.add(1, ordering: .relaxed)
        return Caller(snapshot: snapshot, standing: standing)
    }

    /// Deletes tokens that expired before a time of a ``SweepClock``, a few at a time, until there are none or the task is
    /// cancelled.
    public func sweepTokens(expiredBefore time: Date) async throws(StoreError) {
        while !Task.isCancelled,
            try await organizations.store.deleteTokens(expiredBefore: time, limit: 500) == 500
        {}
    }

    private func token(_ digest: TokenDigest) async throws(APIError) -> Token? {
        if let token = tokens.withLock({ $0.value(for: digest) }) {
            counters.hits.add(1, ordering: .relaxed)
            return token
        }
        return try await storedToken(digest)
    }

    /// The token as the store has it, which is remembered; nil when it does not have it.
    private func storedToken(_ digest: TokenDigest) async throws(APIError) -> Token? {
        counters.misses.add(1, ordering: .relaxed)
        do {
            guard let (token, revision) = try await organizations.store.token(digest: digest.bytes) else {
                tokens.withLock { $0.removeValue(for: digest) }
                return nil
            }
            let known = Token(token, at: revision)
            tokens.withLock { $0.insert(known, for: digest) }
            return known
        } catch {
            throw APIError(error)
        }
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
