public import HTTPTypes
import MessagingContract
import MessagingCore

/// An answer as any transport hands it out.
public struct Answer: Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields, without those that belong to the connection.
    public var fields: HTTPFields
    /// The body; nil when there is none.
    public var body: [UInt8]?

    /// An answer with a JSON body, or with none.
    init(status: HTTPResponse.Status, json body: [UInt8]?) {
        self.status = status
        self.body = body
        fields = [:]
        if body != nil { fields[.contentType] = "application/json" }
    }
}

extension Answer {
    /// The answer to a reader: 304 without a body when the reader has the object, 412 when it wants another one.
    func given(_ precondition: Precondition) throws(APIError) -> Answer {
        guard status == .ok, let field = fields[.eTag] else { return self }
        let tag = EntityTag(opaque: String(field.dropFirst().dropLast()))
        try precondition.forReading.check(tag)
        guard precondition.isNotModified(tag) else { return self }
        var answer = Answer(status: .notModified, json: nil)
        answer.fields[.eTag] = field
        return answer
    }
}

/// The success of an endpoint, which can only be what the endpoint says that it answers.
struct Reply<Response: OperationResponse>: Sendable {
    var answer: Answer

    /// The bytes of a stored object.
    init(_ entry: Entry) { self.init(bytes: entry.bytes, tag: entry.tag) }

    /// A document that was encoded for this answer, and its tag.
    init(bytes: [UInt8], tag: EntityTag? = nil) {
        answer = Answer(status: Response.status, json: bytes)
        answer.fields[.contentType] = Response.mediaType
        answer.fields[.eTag] = tag?.field
    }

    /// An object that is no stored one; it is tagged on demand.
    init(tagging object: Response) where Response: WireObject {
        let bytes = object.json.bytes
        self.init(bytes: bytes, tag: EntityTag(of: bytes))
    }

    /// An object that has no tag.
    init(_ object: Response) where Response: WireObject { self.init(bytes: object.json.bytes, tag: nil) }

    /// No content.
    init() where Response == NoContent { answer = Answer(status: Response.status, json: nil) }

    /// An empty body.
    init() where Response == EmptyAnswer { answer = Answer(status: Response.status, json: nil) }

    /// The bytes of a stored object, or no content when there is none.
    init<Wrapped>(_ entry: Entry?) where Response == Wrapped? {
        answer = Answer(status: entry == nil ? .noContent : Response.status, json: entry?.bytes)
        answer.fields[.eTag] = entry?.tag.field
    }
}
