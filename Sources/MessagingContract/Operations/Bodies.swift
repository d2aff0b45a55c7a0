public import HTTPTypes

/// What an operation takes as its body.
public protocol OperationBody: Sendable {
    /// The form of the body.
    static var rule: BodyRule { get }
    /// Reads it; throws the 400 that tells what is wrong with it.
    init(body: [UInt8]) throws(APIError)
    /// The body's bytes.
    var body: [UInt8] { get }
}

/// What an operation answers with when it succeeds.
public protocol OperationResponse: Sendable {
    /// The status of the success.
    static var status: HTTPResponse.Status { get }
}

/// No body.
public struct NoBody: OperationBody {
    /// No body.
    public init() {}

    /// No body; whatever was sent is ignored.
    public init(body: [UInt8]) throws(APIError) {}

    public static let rule = BodyRule.none
    public let body: [UInt8] = []
}

/// No answer but the status 204.
public struct NoContent: OperationResponse {
    public static let status = HTTPResponse.Status.noContent
}

/// An answer that may be none, told by the status 204.
extension Optional: OperationResponse where Wrapped: OperationResponse {
    public static var status: HTTPResponse.Status { Wrapped.status }
}

extension OperationBody where Self: WireObject {
    public static var rule: BodyRule { .json }
    public init(body: [UInt8]) throws(APIError) { try self.init(document: body) }
    public var body: [UInt8] { json.bytes }
}

extension OperationResponse where Self: WireObject {
    public static var status: HTTPResponse.Status { .ok }
}

extension MessagingSettingRequest: OperationBody {}
extension MessagingSettingDefaultRequest: OperationBody {}
extension SupportedContentRequest: OperationBody {}
extension SupportedContentReference: OperationBody {}
extension MessagingSetting: OperationResponse {}
extension SupportedContent: OperationResponse {}
extension Listing: OperationResponse {}
extension OrganizationInfo: OperationResponse {}
extension UserInfo: OperationResponse {}
extension Health: OperationResponse {}
extension AccessTokenResponse: OperationResponse {}

/// A change of part of a `Request` (RFC 7396): absent members stay, null clears, everything else is set.
public struct MergePatch<Request: WireObject>: OperationBody {
    /// The patch, a JSON object.
    public let document: JSON

    /// A patch of these members; throws 400 when it is not an object.
    public init(_ document: JSON) throws(APIError) {
        guard document.object != nil else { throw APIError(FieldError(document, isNot: "object")) }
        self.document = document
    }

    public init(body: [UInt8]) throws(APIError) { try self.init(JSON(document: body)) }
    public static var rule: BodyRule { .json }
    public var body: [UInt8] { document.bytes }
}
