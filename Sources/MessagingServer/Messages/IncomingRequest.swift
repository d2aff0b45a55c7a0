public import HTTPTypes
import MessagingCore
import NIOCore

/// A request that is independent of the transport.
public struct IncomingRequest: Sendable {
    /// The method, the target and the header fields.
    public let head: HTTPRequest
    /// The network address of the client in its usual spelling; nil if there is none. An IPv4 address is never written as an IPv6 address.
    public let address: String?
    /// The body.
    public let body: RequestBody
    /// The connection of the client; nil if there is none.
    let connection: (any Channel)?

    /// Creates a request whose body has not been read yet.
    public init(head: HTTPRequest, address: String?, body: RequestBody) {
        self.init(head: head, address: address, body: body, connection: nil)
    }

    /// Creates a request of a connection, whose body has not been read yet.
    init(head: HTTPRequest, address: String?, body: RequestBody, connection: (any Channel)?) {
        self.head = head
        self.address = address.map(NetworkAddress.usual)
        self.body = body
        self.connection = connection
    }

    /// Creates a request whose body is in memory.
    public init(head: HTTPRequest, address: String? = nil, body: [UInt8] = []) {
        self.init(head: head, address: address, body: RequestBody(body))
    }

    /// The parts of the target.
    var target: RequestTarget { RequestTarget(head.path ?? "") }
}
