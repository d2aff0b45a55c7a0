public import HTTPTypes
import MessagingContract
import NIOCore

/// A response that is independent of the transport.
public struct OutgoingResponse: Sendable {
    var content: Content
    /// The correlation id of the request.
    let contextID: String
    /// The rate of the caller's token; nil if it was not counted.
    var rate: Rate?
    /// The value of `Link` for a deprecated operation, which names its successor; nil for other operations.
    var successorLink: String?
    /// What a web page may do with the response; nil if no pages may call the server.
    var sharing: Sharing?

    /// The status.
    public var status: HTTPResponse.Status { content.status }
    /// A copy of the body; nil if there is none.
    public var body: [UInt8]? { content.body?.bytes }
    /// The header fields, without those of the connection.
    public var fields: HTTPFields {
        var list = FieldList()
        writeFields(to: &list)
        return list.fields
    }

    /// What a web page of another origin may do with a response (CORS).
    struct Sharing: Sendable {
        /// The origin whose page may read the response; nil if it may not.
        let origin: String?
    }

    /// Creates a response with this content.
    init(_ content: consuming Content, contextID: String) {
        self.content = content
        self.contextID = contextID
    }
}

extension HTTPFields? {
    /// Adds a field, unless its value is nil.
    mutating func add(_ name: HTTPField.Name, _ value: String?) {
        guard let value else { return }
        if self == nil { self = HTTPFields() }
        self?.append(HTTPField(name: name, value: value))
    }
}
