import MessagingSDK

/// A body that is sent as it is.
struct RawBody: OperationBody {
    static var rule: BodyRule { .json }
    static let schema: Schema? = nil
    let body: [UInt8]

    init(body: [UInt8]) { self.body = body }
}

/// A response of any form.
struct RawResponse: ReadableResponse {
    static let status = HTTPResponse.Status.ok
    static let schema: Schema? = nil

    init(status: HTTPResponse.Status, body: [UInt8]) {}
}

extension MessagingClient {
    /// Calls a path with a token of the client, and returns the metadata of the response, whatever its body is. A body that is nil is not sent.
    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: [UInt8]?,
        options: CallOptions = CallOptions(headers: [.accept: "*/*"])
    ) async throws(MessagingError) -> ResponseMetadata {
        if let body {
            let endpoint: Endpoint<NoParameters, RawBody, RawResponse> = Self.endpoint(method, path)
            return try await call(endpoint, NoParameters(), body: RawBody(body: body), options: options).metadata
        }
        let endpoint: Endpoint<NoParameters, NoBody, RawResponse> = Self.endpoint(method, path)
        return try await call(endpoint, NoParameters(), options: options).metadata
    }

    private static func endpoint<Body>(
        _ method: HTTPRequest.Method,
        _ path: String
    ) -> Endpoint<NoParameters, Body, RawResponse> {
        Endpoint("request", method, path, access: .bearer(nil), tag: "", summary: "")
    }
}
