/// What gives the client its access tokens: one method, so that any way to get them can be one.
public protocol TokenSource: Sendable {
    /// A token that is valid now, as far as the source knows. It is asked for every call, by many tasks at the same time, and the client
    /// keeps nothing of it: a source that fetches tokens keeps them itself, and looks after their expiry.
    ///
    /// `rejected` is the token that a host has just refused, nil when none was: a source that can get another one answers with that.
    /// A source that cannot answers the same again, and the call fails with the host's 401. Throws what keeps it from having a token.
    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken
}

/// A source that mostly has a token at once, so that the time for a call has to be kept only when it has none.
protocol ReadyTokenSource: TokenSource {
    /// The token that ``token(replacing:)`` would answer with at once; nil when that would have to wait.
    func token(readyInsteadOf rejected: AccessToken?) -> AccessToken?
}

/// An access token. Its value never appears in a description.
public struct AccessToken: Hashable, Sendable {
    /// The token as it is sent.
    public let value: String
    /// When it is no longer valid; nil when that is not known. For the source that has it: the client does not look at it.
    public let expires: ContinuousClock.Instant?

    /// A token; `expires` is when it is no longer valid.
    public init(_ value: String, expires: ContinuousClock.Instant? = nil) {
        self.value = value
        self.expires = expires
    }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AccessToken(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["expires": expires as Any]) }
}

/// The source that always has the same token.
struct FixedToken: ReadyTokenSource {
    let token: AccessToken

    func token(readyInsteadOf rejected: AccessToken?) -> AccessToken? { token }

    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken { token }
}

/// How a client comes by its access tokens. A secret never appears in a description.
public struct Credentials: Sendable {
    enum Way: Sendable {
        case clientCredentials(id: String, secret: String, now: @Sendable () -> ContinuousClock.Instant)
        case source(any TokenSource)
    }

    let way: Way

    /// An OAuth client that asks for tokens with its id and secret, for all scopes that it has, and for another ahead of the
    /// expiry of each.
    public static func clientCredentials(id: String, secret: String) -> Credentials {
        clientCredentials(id: id, secret: secret) { .now }
    }

    /// The same, with tokens whose time is measured by `now`.
    static func clientCredentials(
        id: String,
        secret: String,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) -> Credentials {
        Credentials(way: .clientCredentials(id: id, secret: secret, now: now))
    }

    /// A token that somebody else got; when it expires, calls fail with 401.
    public static func accessToken(_ token: String) -> Credentials {
        Credentials(way: .source(FixedToken(token: AccessToken(token))))
    }

    /// Any other source.
    public static func source(_ source: any TokenSource) -> Credentials { Credentials(way: .source(source)) }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Credentials(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
