/// The limits on a connection's use of the server.
public struct Limits: Sendable {
    /// Bytes of a request's head, from the first of the request line to the last of the empty line. A larger head gets 431.
    public var headBytes = 16 * 1_024
    /// Fields of a head together with the trailers. More fields get 431.
    public var fields = 100
    /// Bytes of a request's target. A longer target gets 414.
    public var targetBytes = 8 * 1_024
    /// The time for a head from its first byte on, and for the first one from the opening of its connection on. A slower head gets 408.
    public var head = Duration.seconds(10)
    /// The time for a request from its first byte to its last. A slower request gets 408. It does not apply to streams.
    public var request = Duration.seconds(30)
    /// Bytes per second that a body read as a stream must have, on average over the time in which the server waits for it.
    public var streamRate = 16 * 1_024
    /// The time by which such a body may fall behind that rate. A slower body gets 408. A client that sends nothing is cut after this time.
    public var streamSlack = Duration.seconds(10)
    /// The time for which a connection may stay open between requests. Then it is closed.
    public var idle = Duration.seconds(60)
    /// The time for which a response may wait until its client reads it. Then the connection is cut.
    public var answer = Duration.seconds(30)
    /// Bytes of a response's body that are made at a time. The next part is made when the client's system has taken the previous one.
    public var partBytes = 64 * 1_024
    /// The same limit with TLS, where a part is copied to be encrypted: one record.
    public var securedPartBytes = 16 * 1_024
    /// Bytes of responses that wait until their clients read them, in all connections. Above the limit, the connections that have waited
    /// longest are cut.
    public var unsentBytes = 256 * 1_024 * 1_024
    /// Bytes of bodies that are being received or handled, in all connections. More bodies get 503 with `Retry-After`.
    ///
    /// A client may take an eighth of them, and all clients of an organization together one half. Forms and streams do not count.
    public var bodyBytes = 256 * 1_024 * 1_024
    /// The same limit for forms of OAuth endpoints, which have memory of their own. One address may take an eighth.
    public var formBytes = 8 * 1_024 * 1_024
    /// Bytes of requests that are held while a response is unsent.
    public var aheadBytes = 64 * 1_024
    /// Bytes that are read from a connection at a time.
    public var readBytes = 32 * 1_024
    /// Bytes of each connection's responses that the system should keep. Linux takes twice as many, including its own data for each packet.
    public var sendBufferBytes = 64 * 1_024
    /// Bytes of an unwanted body that are read to keep a connection. If more follow, or an unknown number, the connection is closed.
    public var unwantedBytes = 64 * 1_024
    /// The time for which a closing connection reads and drops input. A client whose bytes are not read may lose the response.
    ///
    /// The time begins anew while the client's system has not acknowledged the whole response, within the time of ``answer``. A client that
    /// was still sending in that time gets four times as long again.
    public var linger = Duration.seconds(1)
    /// Bytes that a closing connection reads and drops. It does not read more. A reset would make a proxy that is still sending report an
    /// error of its own in place of the response.
    public var lingerBytes = 1_024 * 1_024
    /// Connections that are served at a time. The next one gets 503 with `Retry-After` and is closed.
    public var connections = 10_000
    /// Connections above ``connections`` that are sent a 503 at a time. The next one is closed without a response.
    public var refusals = 256

    /// Creates the default limits.
    public init() {}

    /// The limits of the administration socket, which has few and local clients.
    package static var administration: Limits {
        var limits = Limits()
        (limits.head, limits.request) = (.seconds(10), .seconds(10))
        (limits.idle, limits.answer) = (.seconds(10), .seconds(10))
        (limits.connections, limits.refusals) = (16, 16)
        return limits
    }

    /// Bytes of the bodies of one client, never less than the largest body.
    var clientBodyBytes: Int { max(bodyBytes / 8, Self.largestBody) }
    /// Bytes of the bodies of one organization, never less than the largest body.
    var organizationBodyBytes: Int { max(bodyBytes / 2, Self.largestBody) }

    private static let largestBody = 1_024 * 1_024
}
