public import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore

/// An answer as any transport hands it out.
public struct Answer: Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields, without those that belong to the connection.
    public var fields: HTTPFields
    /// The body; nil when there is none.
    public var body: [UInt8]?
    /// The same bytes as `body`, in a buffer that all connections share; nil for a body that was made for one answer.
    var shared: ByteBuffer?

    /// An answer with a JSON body, or with none.
    init(status: HTTPResponse.Status, json body: [UInt8]?) {
        self.status = status
        self.body = body
        fields = [:]
        if body != nil { fields[.contentType] = "application/json" }
    }
}

/// A success before it is an answer: an object's bytes and what is said of them.
struct Content: Sendable {
    var status: HTTPResponse.Status
    /// The media type of the body.
    var mediaType = "application/json"
    /// The tag of the object; nil when it has none.
    var tag: EntityTag?
    /// The body; nil when there is none.
    var body: [UInt8]?
    /// The same bytes in a buffer that all connections share; nil for a body that was made for one answer.
    var shared: ByteBuffer?

    /// What a reader gets: 304 without a body when the reader has the object. Throws 412 when it wants another one.
    func given(_ precondition: Precondition) throws(APIError) -> Content {
        guard status == .ok, let tag else { return self }
        try precondition.forReading.check(tag)
        return precondition.isNotModified(tag) ? Content(status: .notModified, tag: tag) : self
    }

    /// The answer.
    var answer: Answer {
        var answer = Answer(status: status, json: body)
        answer.shared = shared
        if body != nil { answer.fields[.contentType] = mediaType }
        answer.fields[.eTag] = tag?.field
        return answer
    }
}

/// The success of an endpoint, which can only be what the endpoint says that it answers.
struct Reply<Response: OperationResponse>: Sendable {
    var content: Content
    /// What else the answer's head has.
    var fields: HTTPFields?

    /// The bytes of a stored object.
    init(_ entry: Entry) { self.init(bytes: entry.bytes, tag: entry.tag) }

    /// A document that was encoded for this answer, and its tag.
    init(bytes: [UInt8], tag: EntityTag? = nil) {
        content = Content(status: Response.status, mediaType: Response.mediaType, tag: tag, body: bytes)
    }

    /// A document that is the same in every answer.
    init(_ document: SharedDocument) {
        self.init(bytes: document.bytes, tag: document.tag)
        content.shared = document.buffer
    }

    /// An object that is no stored one; it is tagged on demand.
    init(tagging object: Response) where Response: WireObject {
        let bytes = object.json.bytes
        self.init(bytes: bytes, tag: EntityTag(of: bytes))
    }

    /// An object that has no tag.
    init(_ object: Response) where Response: WireObject { self.init(bytes: object.json.bytes, tag: nil) }

    /// No content.
    init() where Response == NoContent { content = Content(status: Response.status) }

    /// An empty body.
    init() where Response == EmptyAnswer { content = Content(status: Response.status) }

    /// The bytes of a stored object, or no content when there is none.
    init<Wrapped>(_ entry: Entry?) where Response == Wrapped? {
        content = Content(status: entry == nil ? .noContent : Response.status, tag: entry?.tag, body: entry?.bytes)
    }

    /// The answer.
    var answer: Answer {
        var answer = content.answer
        if let fields { answer.fields.append(contentsOf: fields) }
        return answer
    }
}
