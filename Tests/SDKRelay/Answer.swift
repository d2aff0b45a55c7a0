import HTTPTypes
import MessagingSDK

/// A response for the client of the relay.
struct Answer: Sendable {
    private(set) var head: HTTPResponse
    let body: [UInt8]

    private init(_ status: HTTPResponse.Status, _ fields: HTTPFields, _ body: [UInt8]) {
        head = HTTPResponse(status: status, headerFields: fields)
        if status != .noContent { head.headerFields[.contentLength] = "\(body.count)" }
        self.body = body
    }

    /// A JSON document of the relay's own.
    init(_ status: HTTPResponse.Status, _ json: JSON) {
        self.init(status, [.contentType: "application/json"], json.bytes)
    }

    /// A typed result, written again as the API does; without a body for a value that is none.
    init<Value>(_ response: Response<Value>) {
        let body = (response.value as? any WireObject)?.json.bytes
        let fields = Self.fields(response.metadata, hasBody: body != nil)
        self.init(.init(code: response.metadata.status), fields, body ?? [])
    }

    /// A typed failure, written as the API writes it; 502 for a failure that is no error of the API.
    init(_ error: MessagingError) {
        guard let metadata = error.metadata, let body = error.body else {
            self.init(.badGateway, .string("\(error)"))
            return
        }
        self.init(.init(code: metadata.status), Self.fields(metadata, hasBody: true), body.json.bytes)
    }

    /// A response that was not read.
    init(forwarding response: HTTPResponse, _ body: [UInt8]) {
        var fields = response.headerFields
        for name in [HTTPField.Name.connection, .transferEncoding] { fields[name] = nil }
        self.init(response.status, fields, body)
    }

    private static func fields(_ metadata: ResponseMetadata, hasBody: Bool) -> HTTPFields {
        var fields = HTTPFields()
        if hasBody { fields[.contentType] = "application/json" }
        fields[.eTag] = metadata.entityTag?.field
        fields[.retryAfter] = metadata.retryAfter.map { "\($0.components.seconds)" }
        fields[.correlationID] = metadata.correlationID
        fields[.genesysCorrelationID] = metadata.correlationID
        fields[.rateLimitCount] = metadata.rateLimit.map { "\($0.count)" }
        fields[.rateLimitAllowed] = metadata.rateLimit.map { "\($0.allowed)" }
        fields[.rateLimitReset] = metadata.rateLimit.map { "\($0.reset.components.seconds)" }
        return fields
    }
}
