/// The options of a ``Responder``.
public struct ResponderOptions: Sendable {
    /// The numbers of requests that a token, a client and an organization may send per minute.
    public var rateLimits = RateLimits()
    /// The web origins whose pages may call the server, such as `https://console.example.com`.
    public var origins: Set<String> = []
    /// The proxies that are trusted to report their clients.
    public var trustedProxies = TrustedProxies.none
    /// The URL at which clients reach the server; nil to use the URL of each request.
    public var publicURL: BaseURL?

    /// The number of simulations that may run at a time. An organization may run a quarter of them.
    public var simulations = 16

    /// The build of the program, for the metrics.
    public var build = BuildInfo(commit: "unknown", sqlite: "unknown")

    /// Creates the default options.
    public init() {}
}
