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

/// The success of an endpoint, which can only be what the endpoint says that it answers.
struct Reply<Response: OperationResponse>: Sendable {
    var answer: Answer

    /// The bytes of a stored object.
    init(_ entry: Entry) { self.init(bytes: entry.bytes) }

    /// A document that was encoded for this answer.
    init(bytes: [UInt8]) {
        answer = Answer(status: Response.status, json: bytes)
        answer.fields[.contentType] = Response.mediaType
    }

    init(_ object: Response) where Response: WireObject { self.init(bytes: object.json.bytes) }

    /// No content.
    init() where Response == NoContent { answer = Answer(status: Response.status, json: nil) }

    /// The bytes of a stored object, or no content when there is none.
    init<Wrapped>(_ entry: Entry?) where Response == Wrapped? {
        answer = entry.map { Answer(status: Response.status, json: $0.bytes) } ?? Answer(status: .noContent, json: nil)
    }
}
