public import HTTPTypes

/// The operation that describes the API of the server.
public enum DocumentEndpoints {
    /// Returns this API as an OpenAPI document.
    public static let openAPI = Endpoint<NoParameters, NoBody, OpenAPIDocument>(
        "getOpenapi",
        .get,
        "/openapi.json",
        access: .open,
        tag: "Server",
        summary: "Get this API as an OpenAPI 3.1 document"
    )

    static let operations = [openAPI.operation]
}

/// A response with an OpenAPI document.
public enum OpenAPIDocument: OperationResponse {
    public static let status = HTTPResponse.Status.ok
    public static let schema: Schema? = Schema([
        "type": "object", "properties": ["openapi": ["const": "3.1.0"]], "required": ["openapi", "info", "paths"],
    ])
    public static let isTagged = true
}
