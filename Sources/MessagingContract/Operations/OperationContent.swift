/// The content of an operation's requests and responses, as documents describe it. All of it follows from the endpoint's types.
public struct OperationContent: Hashable, Sendable {
    /// What it takes in its path and query, in order.
    public let parameters: [ParameterDescription]
    /// The body that it takes; nil for none.
    public let request: Schema?
    /// A body that it takes; of a stream one by each media type, as text.
    public let example: JSON?
    /// Whether what it is asked for may not exist: an object that the path or the body names.
    public let mayMiss: Bool
    /// The body of its success; nil for none.
    public let response: Schema?
    /// The media type of that body.
    public let mediaType: String
    /// Whether a success may also be a 204.
    public let mayBeEmpty: Bool
    /// Whether a success has an `ETag`.
    public let isTagged: Bool
}

/// A parameter of an operation, for documents.
public struct ParameterDescription: Hashable, Sendable {
    /// Where a parameter stands.
    public enum Place: String, Hashable, Sendable {
        /// In the path.
        case path
        /// In the query.
        case query
        /// In the request's fields.
        case header
    }

    /// Its name.
    public let name: String
    /// Where it stands.
    public let place: Place
    /// What it means.
    public let about: String
    /// The schema of its value.
    public let schema: JSON
    /// The media type of its value, where that is a document of its own; nil for a plain value.
    public var mediaType: String?
}
