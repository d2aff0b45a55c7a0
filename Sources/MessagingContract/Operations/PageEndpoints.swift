public import HTTPTypes

/// The pages and assets for people, outside the API. They are not in the API document, need no token, and report errors as pages.
public enum PageEndpoints {
    /// Redirects to the reference.
    public static let root = Endpoint<NoParameters, NoBody, Redirection>(
        "getRoot",
        .get,
        "/",
        access: .open,
        tag: "Pages",
        summary: "Go to the reference",
        errorForm: .page
    )
    /// Returns the API document as a page.
    public static let reference = Endpoint<NoParameters, NoBody, ReferencePage>(
        "getDocs",
        .get,
        "/docs",
        access: .open,
        tag: "Pages",
        summary: "Get the API of the server as an HTML page that loads nothing else",
        errorForm: .page
    )

    static let operations = [root.operation, reference.operation]
}

/// A response with an HTML page.
public enum ReferencePage: OperationResponse {
    public static let status = HTTPResponse.Status.ok
    public static let schema: Schema? = Schema(["type": "string"])
    public static let mediaType = "text/html; charset=utf-8"
    public static let isTagged = true
}

/// A response that redirects to another page, with the method GET.
public enum Redirection: OperationResponse {
    public static let status = HTTPResponse.Status.seeOther
    public static let schema: Schema? = nil
}
