import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operations on the default object of a kind.
    mutating func add<R: Resource & OperationResponse, Choice>(
        _ endpoints: DefaultEndpoints<R, Choice>,
        _ organizations: Organizations
    ) {
        read(endpoints.get) { (_, caller) throws(APIError) in
            Reply(caller.organization.getDefault(R.self))
        }
        on(endpoints.set) { (_, choice, call, caller) throws(APIError) in
            Reply(
                try await organizations.change(for: call, caller, endpoints.set) { (draft) throws(APIError) in
                    try call.precondition.check(draft.organization.getDefault(R.self)?.tag)
                    return try draft.setDefault(R.self, choice.chosenID)
                }
            )
        }
        guard let clear = endpoints.clear else { return }
        on(clear) { (_, _, call, caller) throws(APIError) in
            try await organizations.change(for: call, caller, clear) { (draft) throws(APIError) in
                try call.precondition.check(draft.organization.getDefault(R.self)?.tag)
                draft.clearDefault(R.self)
            }
            return Reply()
        }
    }
}
