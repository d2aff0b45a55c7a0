import HTTPTypes
import MessagingContract

/// The page that reports an error to people.
struct ErrorPage {
    private let error: APIError
    private let contextID: String

    init(_ error: APIError, contextID: String) { (self.error, self.contextID) = (error, contextID) }

    /// The HTML of the page.
    var text: String {
        let title = "\(error.status) \(HTTPResponse.Status(code: error.status).registeredPhrase)"
        let body = """
            <h1>\(title)</h1>
            <p>\(error.message.escapedForHTML)</p>
            <p><small>Context id: <code>\(contextID.escapedForHTML)</code></small></p>
            """
        return HTMLPage(title: title, style: Self.style, body: body).text
    }

    private static let style = """
        body{margin:12vh auto;max-width:36rem;padding:0 1.5rem;font:16px/1.55 system-ui,sans-serif}
        h1{font-size:1.6rem;margin:0}code{overflow-wrap:anywhere}small{opacity:.75}
        """
}
