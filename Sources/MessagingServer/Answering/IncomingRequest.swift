public import HTTPTypes
public import MessagingContract

/// A request as any transport hands it in.
public struct IncomingRequest: Sendable {
    /// The method, the target and the header fields.
    public let head: HTTPRequest
    /// The network address of the client; nil when there is none.
    public let address: String?
    /// Reads the whole body; throws 413 when it is larger than the limit.
    public let body: @Sendable (_ limit: Int) async throws(APIError) -> [UInt8]

    /// A request whose body is still to be read.
    public init(
        head: HTTPRequest,
        address: String?,
        body: @escaping @Sendable (_ limit: Int) async throws(APIError) -> [UInt8]
    ) {
        self.head = head
        self.address = address
        self.body = body
    }

    /// A request whose body is in memory.
    public init(head: HTTPRequest, address: String? = nil, body: [UInt8] = []) {
        self.init(head: head, address: address) { (limit) throws(APIError) in
            if body.count > limit { throw .tooLarge(limit: limit) }
            return body
        }
    }

    /// The parts of the target.
    var target: RequestTarget { RequestTarget(head.path ?? "") }
}
