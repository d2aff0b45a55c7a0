import MessagingContract
import MessagingCore
import MessagingServer

extension Routes {
    /// Adds the operations that return and replace the content of an organization.
    mutating func addState(_ organizations: Organizations, _ content: OrganizationContent) {
        on(EmulatorEndpoints.state) { (_, _, call, caller) throws(APIError) in
            let organization = caller.organization
            return Reply(bytes: try await call.onLane { () throws(APIError) in try content.document(of: organization) })
        }
        on(EmulatorEndpoints.setState) { (_, state, call, caller) throws(APIError) in
            let author = call.author(caller, EmulatorEndpoints.setState.operation)
            let present = caller.organization
            let wanted = try await content.prepare(
                state,
                for: present.id,
                present.info.name,
                present: present,
                by: author
            )
            let turn = Turn(bytes: 3 * call.body.count)
            _ = try await organizations.change(present.id, by: author, turn: turn) { (draft) throws(APIError) in
                try draft.set(draft.organization.differences(to: wanted), completingAfter: content.delay)
            }
            return Reply()
        }
    }
}
