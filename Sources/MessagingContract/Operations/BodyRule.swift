/// A rule for the body of an operation's requests.
public enum BodyRule: Hashable, Sendable {
    /// No body. A body that is sent anyway is ignored, whatever its type.
    case none
    /// A JSON document of at most this many bytes.
    case json(limit: Int)
    /// An HTML form of at most this many bytes.
    case form(limit: Int)
    /// A document of one of these media types and at most this many bytes, which is read while it arrives.
    case stream(limit: Int, mediaTypes: [String])

    /// The rule of most JSON bodies, with a limit of 1 MiB. This limit is our own.
    public static let json = BodyRule.json(limit: 1 << 20)

    /// The accepted media types, the usual one first; empty if there is no body.
    public var mediaTypes: [String] {
        switch self {
        case .none: []
        case .json: ["application/json"]
        case .form: ["application/x-www-form-urlencoded"]
        case .stream(_, let mediaTypes): mediaTypes
        }
    }
}
