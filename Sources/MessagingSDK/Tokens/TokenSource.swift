/// A source of access tokens for a client.
public protocol TokenSource: Sendable {
    /// Returns a token that is valid now, as far as the source knows. The client requests one for every call, from many tasks at the same
    /// time, and keeps none. A source that fetches tokens keeps them and replaces them when they expire.
    ///
    /// `rejected` is the token that a host has just refused; nil if none was. A source that can get another token returns that one. Any
    /// other source returns the same token again, and the call fails with the host's 401. Throws an error if the source has no token.
    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken
}

/// A source that usually has a token at once. The deadline of a call needs a timer only while the source has none.
protocol ReadyTokenSource: TokenSource {
    /// Returns the token that ``token(replacing:)`` would return without waiting; nil if it would wait.
    func token(readyInsteadOf rejected: AccessToken?) -> AccessToken?
}

/// An access token. Its value never appears in a description.
public struct AccessToken: Hashable, Sendable {
    /// The token, as `Authorization` has it after `Bearer`.
    public let value: String
    /// The instant from which the token is not valid; nil if that is not known. Only the token's source uses it, not the client.
    public let expires: ContinuousClock.Instant?

    /// Creates a token that is not valid from `expires` on.
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

/// A source that always has the same token.
struct FixedToken: ReadyTokenSource {
    let token: AccessToken

    func token(readyInsteadOf rejected: AccessToken?) -> AccessToken? { token }

    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken { token }
}

/// The credentials with which a client gets its access tokens. A secret never appears in a description.
public struct Credentials: Sendable {
    enum Way: Sendable {
        case clientCredentials(id: String, secret: String, keeper: (any TokenKeeper)?)
        case source(any TokenSource)
    }

    let way: Way

    /// Returns the credentials of an OAuth client. The client requests tokens for all of its scopes with its id and secret, and requests
    /// the next one before each expires.
    public static func clientCredentials(id: String, secret: String) -> Credentials {
        Credentials(way: .clientCredentials(id: id, secret: secret, keeper: nil))
    }

    /// Returns these credentials with a place that keeps their tokens. Credentials with a token of their own are returned unchanged.
    package func keeping(_ keeper: (any TokenKeeper)?) -> Credentials {
        guard case .clientCredentials(let id, let secret, _) = way else { return self }
        return Credentials(way: .clientCredentials(id: id, secret: secret, keeper: keeper))
    }

    /// Returns credentials with a token that was issued elsewhere. When it expires, calls fail with 401.
    public static func accessToken(_ token: String) -> Credentials {
        Credentials(way: .source(FixedToken(token: AccessToken(token))))
    }

    /// Returns credentials with the tokens of another source.
    public static func source(_ source: any TokenSource) -> Credentials { Credentials(way: .source(source)) }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Credentials(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
