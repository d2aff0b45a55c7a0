import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the operation that decides on a message without sending it.
    mutating func addDecisions() {
        on(DecisionEndpoints.decide) { (target, request, _, caller) throws(APIError) in
            let profile = try caller.organization.object(SupportedContent.self, target.id)
            return Reply(profile.decide(request))
        }
    }
}
