public import HTTPTypes

/// What an operation takes as its body.
public protocol OperationBody: Sendable {
    /// The form of the body.
    static var rule: BodyRule { get }
    /// Reads the body. Throws a 400 that states what is wrong with the body.
    init(body: [UInt8]) throws(APIError)
    /// The body's bytes.
    var body: [UInt8] { get }
    /// The media type of the body; nil for no body.
    var mediaType: String? { get }
    /// What is taken; nil for no body.
    static var schema: Schema? { get }
    /// A body that is taken.
    static var example: JSON? { get }
    /// Whether it names an object, which may not exist.
    static var namesObject: Bool { get }
}

extension OperationBody {
    public var mediaType: String? { Self.rule.mediaTypes.first }
    public static var example: JSON? { nil }
    public static var namesObject: Bool { false }
}

/// What an operation answers with when it succeeds.
public protocol OperationResponse: Sendable {
    /// The status of the success.
    static var status: HTTPResponse.Status { get }
    /// What is answered; nil for no body.
    static var schema: Schema? { get }
    /// The media type of the body.
    static var mediaType: String { get }
    /// Whether there may be no answer but the status 204.
    static var mayBeEmpty: Bool { get }
    /// Whether the answer has an `ETag`.
    static var isTagged: Bool { get }
}

/// What a client reads from the answer of an operation.
public protocol ReadableResponse: OperationResponse {
    /// Reads the answer to a success. Throws when the body is not what the operation answers with.
    init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer)
}

/// Why an answer makes no sense to a client.
public struct UnreadableAnswer: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with it, without any of its values.
    public let description: String

    init(_ description: String) { self.description = description }
}

extension OperationResponse {
    public static var mediaType: String { "application/json" }
    public static var mayBeEmpty: Bool { false }
    public static var isTagged: Bool { false }
}

/// No body.
public struct NoBody: OperationBody {
    /// No body.
    public init() {}

    /// No body; whatever was sent is ignored.
    public init(body: [UInt8]) throws(APIError) {}

    public static let rule = BodyRule.none
    public static let schema: Schema? = nil
    public let body: [UInt8] = []
}

/// No answer but the status 204.
public struct NoContent: ReadableResponse {
    public static let status = HTTPResponse.Status.noContent
    public static let schema: Schema? = nil

    /// No content.
    public init() {}

    public init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer) {}
}

/// No answer but the status 200.
public enum EmptyAnswer: OperationResponse {
    public static let status = HTTPResponse.Status.ok
    public static let schema: Schema? = nil
}

/// A response whose value may be absent; the status is 204 then.
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
            throw UnreadableAnswer("the member \(error.path) is not as declared")
        }
    }
}

/// A change of part of a `Request` (RFC 7396): absent members stay, null clears, everything else is set. In a body, an empty object clears
/// a ``MergedObject`` as well (our reading).
public struct MergePatch<Request: WireObject & OperationBody>: OperationBody {
    /// The patch, a JSON object. One that was read from a body has declared members only, so it is no larger than an object may be.
    public let document: JSON

    /// A patch of these members; throws 400 when it is not an object.
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
