public import HTTPTypes

/// The operations that describe the API of the server.
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
    /// Returns the same document as a page for people.
    public static let reference = Endpoint<NoParameters, NoBody, ReferencePage>(
        "getDocs",
        .get,
        "/docs",
        access: .open,
        tag: "Server",
        summary: "Get this API as an HTML page that loads nothing else"
    )

    static let operations = [openAPI.operation, reference.operation]
}

/// A response with an OpenAPI document.
public enum OpenAPIDocument: OperationResponse {
    public static let status = HTTPResponse.Status.ok
    public static let schema: Schema? = Schema([
        "type": "object", "properties": ["openapi": ["const": "3.1.0"]], "required": ["openapi", "info", "paths"],
    ])
    public static let isTagged = true
}

/// A response with an HTML page.
public enum ReferencePage: OperationResponse {
    public static let status = HTTPResponse.Status.ok
    public static let schema: Schema? = Schema(["type": "string"])
    public static let mediaType = "text/html; charset=utf-8"
    public static let isTagged = true
}
