public import HTTPTypes
package import MessagingContract
import MessagingCore
import NIOCore

/// A response that is independent of the transport.
public struct Answer: Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields, without those of the connection.
    public var fields: HTTPFields
    /// The body; nil if there is none.
    public var body: [UInt8]?
    /// The bytes of `body` in a buffer that all connections share; nil for a body that was made for one response.
    var shared: ByteBuffer?

    /// Creates a response with a JSON body or without a body.
    init(status: HTTPResponse.Status, json body: [UInt8]?) {
        self.status = status
        self.body = body
        fields = [:]
        if body != nil { fields[.contentType] = "application/json" }
    }
}

/// A successful response before the request's precondition is applied: an object's bytes with their media type and tag.
struct Content: Sendable {
    var status: HTTPResponse.Status
    /// The media type of the body.
    var mediaType = "application/json"
    /// The tag of the object; nil if it has none.
    var tag: EntityTag?
    /// The body; nil if there is none.
    var body: [UInt8]?
    /// The bytes of `body` in a buffer that all connections share; nil for a body that was made for one response.
    var shared: ByteBuffer?

    /// Returns the content for a read with this precondition: a 304 without a body if the client already has the object. Throws a 412 if
    /// `If-Match` names another object.
    func applying(_ precondition: Precondition) throws(APIError) -> Content {
        guard status == .ok, let tag else { return self }
        try precondition.forReading.check(tag)
        return precondition.isNotModified(tag) ? Content(status: .notModified, tag: tag) : self
    }

    /// The response with this content.
    var answer: Answer {
        var answer = Answer(status: status, json: body)
        answer.shared = shared
        if body != nil { answer.fields[.contentType] = mediaType }
        answer.fields[.eTag] = tag?.field
        return answer
    }
}

/// A successful response of an endpoint. Its type permits only the endpoint's declared response.
package struct Reply<Response: OperationResponse>: Sendable {
    var content: Content
    /// Additional header fields of the response.
    var fields: HTTPFields?

    /// Creates a reply with the bytes of a stored object.
    init(_ entry: Entry) { self.init(bytes: entry.bytes, tag: entry.tag) }

    /// Creates a reply with a document that was encoded for this response, and its tag.
    init(bytes: [UInt8], tag: EntityTag? = nil) {
        content = Content(status: Response.status, mediaType: Response.mediaType, tag: tag, body: bytes)
    }

    /// Creates a reply with a document that is the same in every response.
    init(_ document: SharedDocument) {
        self.init(bytes: document.bytes, tag: document.tag)
        content.shared = document.buffer
    }

    /// Creates a reply with an object that is not stored. Its tag is computed from its bytes.
    init(tagging object: Response) where Response: WireObject {
        let bytes = object.json.bytes
        self.init(bytes: bytes, tag: EntityTag(of: bytes))
    }

    /// Creates a reply with an object that has no tag.
    package init(_ object: Response) where Response: WireObject { self.init(bytes: object.json.bytes, tag: nil) }

    /// Creates a reply without content.
    init() where Response == NoContent { content = Content(status: Response.status) }

    /// Creates a reply with an empty body.
    init() where Response == EmptyAnswer { content = Content(status: Response.status) }

    /// Creates a reply with the bytes of a stored object, or without content if there is none.
    init<Wrapped>(_ entry: Entry?) where Response == Wrapped? {
        content = Content(status: entry == nil ? .noContent : Response.status, tag: entry?.tag, body: entry?.bytes)
    }

    /// The response with this content and the additional fields.
    var answer: Answer {
        var answer = content.answer
        if let fields { answer.fields.append(contentsOf: fields) }
        return answer
    }
}
