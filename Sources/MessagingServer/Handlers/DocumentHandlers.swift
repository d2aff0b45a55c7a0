import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operations that describe the API of the server. The documents are made on the `WorkLane` when the first of them is requested.
    mutating func addDocuments() {
        on(DocumentEndpoints.openAPI) { (_, _, call) throws(APIError) in
            Reply(try await call.onLane { () throws(APIError) in Self.openAPI })
        }
        on(DocumentEndpoints.reference) { (_, _, call) throws(APIError) in
            var reply = Reply<ReferencePage>(try await call.onLane { () throws(APIError) in Self.reference })
            reply.content.fields = [.contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'"]
            return reply
        }
    }

    private static let openAPI = SharedDocument(OpenAPI.document.pretty)
    private static let reference = SharedDocument(Array(ReferenceHTML(OpenAPI.document).text.utf8))
}
