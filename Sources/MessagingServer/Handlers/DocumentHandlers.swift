import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the operations that tell what the server speaks.
    mutating func addDocuments() {
        on(DocumentEndpoints.openAPI) { (_, _, _) throws(APIError) in Reply(bytes: Self.openAPI, tag: Self.openAPITag) }
        on(DocumentEndpoints.reference) { (_, _, _) throws(APIError) in
            var reply = Reply<ReferencePage>(bytes: Self.reference, tag: Self.referenceTag)
            reply.fields = [.contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'"]
            return reply
        }
    }

    private static let openAPI = OpenAPI.document.pretty
    private static let openAPITag = EntityTag(of: openAPI)
    private static let reference = Array(ReferenceHTML(OpenAPI.document).text.utf8)
    private static let referenceTag = EntityTag(of: reference)
}
