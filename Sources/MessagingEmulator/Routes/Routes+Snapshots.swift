import MessagingContract
import MessagingCore
import MessagingServer

extension Routes {
    /// Adds the operations on the snapshots of an organization.
    mutating func addSnapshots(_ snapshots: Snapshots) {
        on(EmulatorEndpoints.listSnapshots) { (_, _, _, caller) throws(APIError) in
            Reply(EntityList(try caller.organization.snapshots()))
        }
        on(EmulatorEndpoints.takeSnapshot) { (target, _, call, caller) throws(APIError) in
            let author = call.author(caller, EmulatorEndpoints.takeSnapshot.operation)
            return Reply(try await snapshots.take(target.id, of: caller.organizationID, by: author))
        }
        on(EmulatorEndpoints.restoreSnapshot) { (target, _, call, caller) throws(APIError) in
            let author = call.author(caller, EmulatorEndpoints.restoreSnapshot.operation)
            return Reply(try await snapshots.restore(target.id, of: caller.organizationID, by: author))
        }
        on(EmulatorEndpoints.deleteSnapshot) { (target, _, call, caller) throws(APIError) in
            let author = call.author(caller, EmulatorEndpoints.deleteSnapshot.operation)
            try await snapshots.delete(target.id, of: caller.organizationID, by: author)
            return Reply()
        }
        on(EmulatorEndpoints.reset) { (_, _, call, caller) throws(APIError) in
            let author = call.author(caller, EmulatorEndpoints.reset.operation)
            _ = try await snapshots.restore(EmulatorSnapshot.seed, of: caller.organizationID, by: author)
            return Reply()
        }
    }
}
