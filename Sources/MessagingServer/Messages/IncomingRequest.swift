public import HTTPTypes
import MessagingCore
import NIOCore

/// A request that is independent of the transport.
public struct IncomingRequest: Sendable {
    /// The head as it arrived.
    var head: RequestHead
    /// The scheme of the URL at which the client reached the server; nil if it is unknown.
    package var scheme: String?
    /// The network address of the client in its usual spelling; nil if there is none. An IPv4 address is never written as an IPv6 address.
    public internal(set) var address: String?
    /// The body.
    let body: RequestBody
    /// The connection of the client; nil if there is none.
    let connection: (any ClientConnection)?

    /// Creates a request without a connection, whose body is in memory.
    public init(head: HTTPRequest, address: String? = nil, body: [UInt8] = []) {
        self.head = RequestHead(head)
        scheme = head.scheme
        self.address = address.map(NetworkAddress.usual)
        self.body = RequestBody(body)
        connection = nil
    }

    /// Creates a request of a connection. The address has its usual spelling.
    init(head: consuming RequestHead, scheme: String, address: String?, of connection: any ClientConnection) {
        self.head = head
        (self.scheme, self.address) = (scheme, address)
        body = RequestBody(of: connection)
        self.connection = connection
    }

    /// The method.
    var method: HTTPRequest.Method { head.method }

    /// The value of the `Authorization` field; nil if there is none.
    var authorization: String? { head.authorization.map(head.text) }

    /// Returns the values of the header fields with this name.
    package func values(of name: HTTPField.Name) -> [String] { head.values(of: name.rawName) }

    /// The parts of the target.
    var target: RequestTarget { RequestTarget(head.target, in: head.bytes.readableBytesUInt8Span) }
}
