import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the pages for people. The reference is made on the `WorkLane` when it is first requested.
    mutating func addPages(_ description: APIDescription) {
        on(PageEndpoints.root) { (_, _, _) throws(APIError) in
            Reply(redirectingTo: PageEndpoints.reference.operation.path)
        }
        on(PageEndpoints.reference) { (_, _, call) throws(APIError) in
            var reply = Reply<ReferencePage>(try await call.onLane { () throws(APIError) in description.reference })
            reply.content.fields.add(.contentSecurityPolicy, Content.pagePolicy)
            return reply
        }
    }
}
