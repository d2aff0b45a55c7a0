/// The options of a ``Responder``.
public struct ResponderOptions: Sendable {
    /// Requests that a token, a client and an organization may send in a minute.
    public var rateLimits = RateLimits()
    /// The clock of that minute, which is monotonic.
    package var clock: @Sendable () -> ContinuousClock.Instant = { .now }
    /// The web origins whose pages may call it, `https://console.example.com`.
    public var origins: Set<String> = []
    /// The proxies that are trusted to report their clients.
    public var trustedProxies = TrustedProxies.none
    /// The address that clients reach it under; nil when it is the one that they ask.
    public var publicURL: BaseURL?

    /// Simulations that run at a time; an organization may have a quarter of them.
    public var simulations = 16

    /// What it was built from, for its metrics.
    public var build = BuildInfo(commit: "unknown", sqlite: "unknown")

    /// The defaults.
    public init() {}
}
