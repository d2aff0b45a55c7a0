import HTTPTypes
package import MessagingContract
import MessagingCore

/// A successful response of an endpoint. Its type permits only the endpoint's declared response.
package struct Reply<Response: OperationResponse>: Sendable {
    var content: Content

    /// Creates a reply with the bytes of a stored object.
    init(_ entry: Entry) { self.init(bytes: entry.bytes, tag: entry.tag) }

    /// Creates a reply with a document that was encoded for this response, and its tag.
    package init(bytes: [UInt8], tag: EntityTag? = nil) { self.init(.bytes(bytes), tag: tag) }

    /// Creates a reply with this body and tag.
    init(_ body: ResponseBody, tag: EntityTag?) {
        content = Content(status: Response.status, mediaType: Response.mediaType, tag: tag, body: body)
    }

    /// Creates a reply with a document that is the same in every response.
    init(_ document: SharedDocument) { self.init(document.body, tag: document.tag) }

    /// Creates a reply with an object that is not stored. Its tag is computed from its bytes.
    init(tagging object: Response) where Response: WireObject {
        let bytes = object.json.bytes
        self.init(bytes: bytes, tag: EntityTag(of: bytes))
    }

    /// Creates a reply with an object that has no tag.
    package init(_ object: Response) where Response: WireObject { self.init(bytes: object.json.bytes, tag: nil) }

    /// Creates a reply without content.
    package init() where Response == NoContent { content = Content(status: Response.status) }

    /// Creates a reply with an empty body.
    init() where Response == EmptyAnswer { content = Content(status: Response.status) }

    /// Creates a reply that redirects to a path of the server.
    init(redirectingTo path: String) where Response == Redirection {
        content = Content(status: Response.status)
        content.fields.add(.location, path)
    }

    /// Creates a reply with the bytes of a stored object, or without content if there is none.
    init<Wrapped>(_ entry: Entry?) where Response == Wrapped? {
        content = Content(
            status: entry == nil ? .noContent : Response.status,
            tag: entry?.tag,
            body: (entry?.bytes).map(ResponseBody.bytes)
        )
    }
}
