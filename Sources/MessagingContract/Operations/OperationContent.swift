/// The content of an operation's requests and responses, for the API document. All of it follows from the endpoint's types.
public struct OperationContent: Hashable, Sendable {
    /// The parameters in its path and query, in order.
    public let parameters: [ParameterDescription]
    /// The schema of the request's body; nil if there is none.
    public let request: Schema?
    /// A valid body. For a stream it is an object with a text for each media type.
    public let example: JSON?
    /// Whether the request can fail with 404 because the path or the body names an object.
    public let mayMiss: Bool
    /// The schema of a successful response's body; nil if there is none.
    public let response: Schema?
    /// The media type of that body.
    public let mediaType: String
    /// Whether a successful response may also be a 204.
    public let mayBeEmpty: Bool
    /// Whether a successful response has an `ETag`.
    public let isTagged: Bool
}

/// A description of an operation's parameter for the API document.
public struct ParameterDescription: Hashable, Sendable {
    /// The location of a parameter.
    public enum Location: String, Hashable, Sendable {
        /// The path.
        case path
        /// The query.
        case query
        /// The header fields of the request.
        case header
    }

    /// Its name.
    public let name: String
    /// Its location.
    public let location: Location
    /// Its meaning.
    public let about: String
    /// The schema of its value.
    public let schema: JSON
    /// The media type of its value if that is a document of its own; nil for a plain value.
    public var mediaType: String?
}
