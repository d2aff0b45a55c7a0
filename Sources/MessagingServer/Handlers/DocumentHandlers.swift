import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operations that describe the API of the server.
    mutating func addDocuments() {
        on(DocumentEndpoints.openAPI) { (_, _, _) throws(APIError) in Reply(Self.openAPI) }
        on(DocumentEndpoints.reference) { (_, _, _) throws(APIError) in
            var reply = Reply<ReferencePage>(Self.reference)
            reply.fields = [.contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'"]
            return reply
        }
    }

    private static let openAPI = SharedDocument(OpenAPI.document.pretty)
    private static let reference = SharedDocument(Array(ReferenceHTML(OpenAPI.document).text.utf8))
}
