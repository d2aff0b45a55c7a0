public import HTTPTypes

/// A type of request body.
public protocol OperationBody: Sendable {
    /// The rule for the body.
    static var rule: BodyRule { get }
    /// Reads the body. Throws a 400 that states what is wrong with the body.
    init(body: [UInt8]) throws(APIError)
    /// The bytes of the body.
    var body: [UInt8] { get }
    /// The media type of the body; nil if there is no body.
    var mediaType: String? { get }
    /// The schema of the body; nil if there is no body.
    static var schema: Schema? { get }
    /// A valid body.
    static var example: JSON? { get }
    /// Whether the body names an object, which may not exist.
    static var namesObject: Bool { get }
}

extension OperationBody {
    public var mediaType: String? { Self.rule.mediaTypes.first }
    public static var example: JSON? { nil }
    public static var namesObject: Bool { false }
}

/// A type of response to a successful request.
public protocol OperationResponse: Sendable {
    /// The status of the response.
    static var status: HTTPResponse.Status { get }
    /// The schema of the body; nil if there is no body.
    static var schema: Schema? { get }
    /// The media type of the body.
    static var mediaType: String { get }
    /// Whether the response may also be a 204 without a body.
    static var mayBeEmpty: Bool { get }
    /// Whether the response has an `ETag`.
    static var isTagged: Bool { get }
}

/// A response that a client can read.
public protocol ReadableResponse: OperationResponse {
    /// Reads a successful response. Throws if the body is not as the operation declares.
    init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer)
}

/// An error about a response that a client cannot read.
public struct UnreadableAnswer: Error, Hashable, Sendable, CustomStringConvertible {
    /// A description of the problem, without any values of the response.
    public let description: String

    init(_ description: String) { self.description = description }
}

extension OperationResponse {
    public static var mediaType: String { "application/json" }
    public static var mayBeEmpty: Bool { false }
    public static var isTagged: Bool { false }
}

/// A request without a body.
public struct NoBody: OperationBody {
    /// Creates a value.
    public init() {}

    /// Creates a value. A body that was sent anyway is ignored.
    public init(body: [UInt8]) throws(APIError) {}

    public static let rule = BodyRule.none
    public static let schema: Schema? = nil
    public let body: [UInt8] = []
}

/// A response with status 204 and no body.
public struct NoContent: ReadableResponse {
    public static let status = HTTPResponse.Status.noContent
    public static let schema: Schema? = nil

    /// Creates a value.
    public init() {}

    public init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer) {}
}

/// A response with status 200 and no body.
public enum EmptyAnswer: OperationResponse {
    public static let status = HTTPResponse.Status.ok
    public static let schema: Schema? = nil
}

/// A response that switches the connection to a WebSocket.
public enum WebSocketOpening: OperationResponse {
    public static let status = HTTPResponse.Status.switchingProtocols
    public static let schema: Schema? = nil
}

/// The response to a HEAD: that to a GET with a `Value`, without the body.
public struct HeadResponse<Value: OperationResponse>: ReadableResponse {
    public static var status: HTTPResponse.Status { Value.status }
    public static var schema: Schema? { Value.schema }
    public static var mediaType: String { Value.mediaType }
    public static var mayBeEmpty: Bool { Value.mayBeEmpty }
    public static var isTagged: Bool { Value.isTagged }

    /// Creates a value.
    public init() {}

    public init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer) {}
}

/// A response whose value may be absent. Its status is then 204.
extension Optional: OperationResponse where Wrapped: OperationResponse {
    public static var status: HTTPResponse.Status { Wrapped.status }
    public static var schema: Schema? { Wrapped.schema }
    public static var mayBeEmpty: Bool { true }
    public static var isTagged: Bool { Wrapped.isTagged }
}

extension Optional: ReadableResponse where Wrapped: ReadableResponse {
    public init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer) {
        let isNone = status == .noContent || body.isEmpty || (try? JSON(parsing: body))?.isNull == true
        self = isNone ? nil : try Wrapped(status: status, body: body)
    }
}

extension OperationBody where Self: WireObject {
    public static var rule: BodyRule { .json }
    public static var schema: Schema? { schema(.request) }
    public init(body: [UInt8]) throws(APIError) { try self.init(document: body) }
    public var body: [UInt8] { json.bytes }
}

extension OperationResponse where Self: WireObject {
    public static var status: HTTPResponse.Status { .ok }
    public static var schema: Schema? { schema(.response) }
}

extension ReadableResponse where Self: WireObject {
    public init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer) {
        let json: JSON
        do {
            json = try JSON(parsing: body)
        } catch {
            throw UnreadableAnswer("it is not JSON: \(error)")
        }
        do {
            try self.init(json: json, side: .response)
        } catch {
            throw UnreadableAnswer("\(error.path.isEmpty ? "the body" : "the member \(error.path)") is not as declared")
        }
    }
}

/// A change of part of a `Request` (RFC 7396): absent members stay unchanged, null clears a member, and other values replace it. In a
/// body, an empty object clears a ``MergedObject`` too (our reading).
public struct MergePatch<Request: WireObject & OperationBody>: OperationBody {
    /// The patch, a JSON object. If it was read from a body, it has only declared members, so it is no larger than an object may be.
    public let document: JSON

    /// Creates a patch with these members. Throws a 400 if the document is not an object.
    public init(_ document: JSON) throws(APIError) {
        guard document.object != nil else { throw APIError(FieldError(document, isNot: "object")) }
        self.document = document
    }

    public init(body: [UInt8]) throws(APIError) { try self.init(Request.declared(in: JSON(document: body))) }
    public static var rule: BodyRule { .json }
    public static var schema: Schema? { Request.patchSchema }
    public static var example: JSON? { Request.example }
    public var body: [UInt8] { document.bytes }
}
