import MessagingContract
import MessagingServer

extension Routes {
    /// Adds the operations on organizations for tests.
    mutating func addOrganizations(_ organizations: EmulatedOrganizations, _ access: EmulatorAccess) {
        on(EmulatorEndpoints.listOrganizations) { (_, _, call) throws(APIError) in
            try access.check(call.request)
            return Reply(EntityList(organizations.all))
        }
        on(EmulatorEndpoints.createOrganization) { (_, request, call) throws(APIError) in
            try access.check(call.request)
            return Reply(try await organizations.create(request, contextID: call.contextID))
        }
        on(EmulatorEndpoints.deleteOrganization) { (target, _, call) throws(APIError) in
            try access.check(call.request)
            try await organizations.delete(target.id)
            return Reply()
        }
    }
}
