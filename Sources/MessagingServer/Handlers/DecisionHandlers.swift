import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the operation that decides on a message without sending it.
    mutating func addDecisions() {
        on(DecisionEndpoints.decide) { (target, request, call, caller) throws(APIError) in
            let entry = try caller.organization.get(SupportedContent.self, target.id)
            let decide = { @Sendable () throws(APIError) in
                try caller.organization.decode(entry, as: SupportedContent.self).decide(request).json.bytes
            }
            let work = entry.bytes.count + request.attachments.count * ResponseWork.object
            return Reply(bytes: work <= ResponseWork.atOnce ? try decide() : try await call.onLane(decide))
        }
    }
}
