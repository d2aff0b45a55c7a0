/// What body an operation takes.
public enum BodyRule: Hashable, Sendable {
    /// None; one that is sent is ignored, whatever its type.
    case none
    /// A JSON document of at most this many bytes.
    case json(limit: Int)
    /// An HTML form of at most this many bytes.
    case form(limit: Int)
    /// A document of one of these media types and at most this many bytes, which is read while it comes.
    case stream(limit: Int, mediaTypes: [String])

    /// The limit of most JSON bodies, 1 MiB. Our own.
    public static let json = BodyRule.json(limit: 1 << 20)

    /// The media types of the bodies that are taken, the usual one first; none where no body is.
    public var mediaTypes: [String] {
        switch self {
        case .none: []
        case .json: ["application/json"]
        case .form: ["application/x-www-form-urlencoded"]
        case .stream(_, let mediaTypes): mediaTypes
        }
    }
}
