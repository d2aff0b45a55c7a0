import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operation that describes the API of the server. The document is made on the `WorkLane` when it is first requested.
    mutating func addDocuments(_ description: APIDescription) {
        on(DocumentEndpoints.openAPI) { (_, _, call) throws(APIError) in
            Reply(try await call.onLane { () throws(APIError) in description.openAPI })
        }
    }
}
