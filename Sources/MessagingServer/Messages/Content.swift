import HTTPTypes
import MessagingContract
import MessagingCore

/// What an operation returns: a body with its media type and tag.
package struct Content: Sendable {
    var status: HTTPResponse.Status
    /// The media type of the body.
    var mediaType = "application/json"
    /// The tag of the object; nil if it has none.
    var tag: EntityTag?
    /// The body; nil if there is none.
    var body: ResponseBody?
    /// Additional header fields of the response; nil if there are none.
    var fields: HTTPFields?
    /// The switch to another protocol that a response 101 announces; nil for other responses.
    var upgrade: Upgrade?

    /// Returns the content for a read with this precondition: a 304 without a body if the client already has the object. Throws a 412 if
    /// `If-Match` names another object.
    func applying(_ precondition: Precondition) throws(APIError) -> Content {
        guard status == .ok, let tag else { return self }
        try precondition.forReading.check(tag)
        guard precondition.isNotModified(tag) else { return self }
        return Content(status: .notModified, tag: tag, fields: fields)
    }

}

extension Content {
    /// The value of `Content-Security-Policy` of a page that has a style sheet of its own and loads nothing.
    static let pagePolicy = "default-src 'none'; style-src 'unsafe-inline'"
}
