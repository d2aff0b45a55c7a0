public import HTTPTypes
import MessagingCore

/// A request as any transport hands it in.
public struct IncomingRequest: Sendable {
    /// The method, the target and the header fields.
    public let head: HTTPRequest
    /// The network address of the client in its usual spelling, an IPv4 address never as one of IPv6; nil when there is none.
    public let address: String?
    /// The body.
    public let body: RequestBody

    /// A request whose body is still to be read.
    public init(head: HTTPRequest, address: String?, body: RequestBody) {
        self.head = head
        self.address = address.map(NetworkAddress.usual)
        self.body = body
    }

    /// A request whose body is in memory.
    public init(head: HTTPRequest, address: String? = nil, body: [UInt8] = []) {
        self.init(head: head, address: address, body: RequestBody(body))
    }

    /// The parts of the target.
    var target: RequestTarget { RequestTarget(head.path ?? "") }
}
