/// What a connection may ask of the server, whatever it is that it asks.
public struct Limits: Sendable {
    /// Bytes of a request's head, from the first of the request line to the last of the empty line; more are answered 431.
    public var headBytes = 16 * 1_024
    /// Fields of a head, and of the trailers with it; more are answered 431.
    public var fields = 100
    /// Bytes of a request's target; more are answered 414.
    public var targetBytes = 8 * 1_024
    /// How long a head may take from its first byte on, the first one from the opening of its connection on; then 408.
    public var head = Duration.seconds(10)
    /// How long a request may take from its first byte to its last; then 408. Not for a body that is read while it comes.
    public var request = Duration.seconds(30)
    /// Bytes a second that a body which is read while it comes must bring, on average over the time in which the server waits for it.
    public var streamRate = 16 * 1_024
    /// How far such a body may fall behind that rate; then 408. A client that sends nothing is cut after this time.
    public var streamSlack = Duration.seconds(10)
    /// How long a connection may stay open between requests; then it is closed.
    public var idle = Duration.seconds(60)
    /// How long an answer may wait for its client to read it; then the connection is cut.
    public var answer = Duration.seconds(30)
    /// Bytes of a response's body that are made at a time; the next part is made when the client's system has taken the one before.
    public var partBytes = 64 * 1_024
    /// The same behind TLS, where a part is copied to be encrypted: one record.
    public var securedPartBytes = 16 * 1_024
    /// Bytes of responses that wait for their clients to read, in all connections; of more, the connections that have waited longest are
    /// cut.
    public var unsentBytes = 256 * 1_024 * 1_024
    /// Bytes of bodies that are being received or worked on, in all connections; more are answered 503 with `Retry-After`. A client may take
    /// an eighth of them, the clients of an organization together one half. Not for forms, nor for bodies that are read while they come.
    public var bodyBytes = 256 * 1_024 * 1_024
    /// The same for forms of OAuth endpoints, for which there is always room of their own; one address may take an eighth.
    public var formBytes = 8 * 1_024 * 1_024
    /// Bytes of requests that are held while a response is unsent.
    public var aheadBytes = 64 * 1_024
    /// Bytes that are read from a connection at a time.
    public var readBytes = 32 * 1_024
    /// Bytes that the system is to keep of each connection's responses; Linux takes twice as many, with what it keeps of each packet.
    public var sendBufferBytes = 64 * 1_024
    /// Bytes of a body that nobody wants, which are read to keep a connection; for more, or for unknown, it is closed.
    public var unwantedBytes = 64 * 1_024
    /// How long a closing connection goes on reading, and dropping, what its client still sends: a client whose bytes are not
    /// read may lose the answer. The time begins anew while the client's system has not acknowledged all of the answer, within
    /// the time of ``answer``. A client that was still sending in that time has four times as long again.
    public var linger = Duration.seconds(1)
    /// Bytes that a closing connection reads and drops. It does not read what exceeds them; a reset would make a proxy that is still
    /// sending report an error of its own instead of the answer.
    public var lingerBytes = 1_024 * 1_024
    /// Connections that are served at a time; the next one is answered 503 with `Retry-After`, and closed.
    public var connections = 10_000
    /// Connections beyond ``connections`` that are being answered 503 at a time; the next one is closed without a response.
    public var refusals = 256

    /// The defaults.
    public init() {}

    /// Bytes of the bodies of one client, never less than the largest body.
    var clientBodyBytes: Int { max(bodyBytes / 8, Self.largestBody) }
    /// Bytes of the bodies of one organization, never less than the largest body.
    var organizationBodyBytes: Int { max(bodyBytes / 2, Self.largestBody) }

    private static let largestBody = 1_024 * 1_024
}
