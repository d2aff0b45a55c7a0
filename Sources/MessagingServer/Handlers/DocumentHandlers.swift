import HTTPTypes
import MessagingContract

extension Routes {
    /// Answers the operations that tell what the server speaks.
    mutating func addDocuments() {
        on(DocumentEndpoints.openAPI) { (_, _, _) throws(APIError) in Reply(bytes: Self.openAPI) }
        on(DocumentEndpoints.reference) { (_, _, _) throws(APIError) in
            var reply = Reply<ReferencePage>(bytes: Self.reference)
            reply.answer.fields[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'"
            return reply
        }
    }

    private static let openAPI = OpenAPI.document.pretty
    private static let reference = Array(ReferenceHTML(OpenAPI.document).text.utf8)
}
