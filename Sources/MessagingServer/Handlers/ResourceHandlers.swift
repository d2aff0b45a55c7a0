import HTTPTypes
package import MessagingContract
package import MessagingCore

extension Routes {
    /// Adds the five operations on a kind of resource.
    mutating func add<R: Resource & OperationResponse>(
        _ endpoints: ResourceEndpoints<R, R.Request, Paging, EntityID>,
        _ organizations: Organizations,
        _ pages: PageCache
    ) where R.Request: OperationBody {
        let path = endpoints.list.operation.path
        read(endpoints.list) { (page, caller, budget) throws(APIError) in
            let body = try pages.body(of: page, R.kind, in: caller.organization, path: path, budget: budget)
            return body.map { Reply($0, tag: organizations.tag(of: caller.organization)) }
        }
        on(endpoints.create) { (_, request, call, caller) throws(APIError) in
            let key = try await call.idempotencyKey(of: caller, for: endpoints.create.operation)
            let author = call.author(caller, endpoints.create.operation)
            return try await organizations.write(
                R.self,
                in: caller.organizationID,
                by: author,
                once: key,
                turn: Turn(bytes: 3 * call.body.count),
                answering: { (entry, _) throws(APIError) in Reply(entry) }
            ) { (draft) throws(APIError) in
                try call.precondition.check(organizations.tag(of: draft.organization))
                return try draft.create(R.self, request)
            }
        }
        read(endpoints.get) { (target, caller) throws(APIError) in
            Reply(try caller.organization.get(R.self, target.id))
        }
        on(endpoints.update) { (target, patch, call, caller) throws(APIError) in
            Reply(
                try await organizations.change(
                    for: call,
                    caller,
                    endpoints.update,
                    of: (R.kind, target.id)
                ) { (draft) throws(APIError) in
                    try call.precondition.check(draft.organization.get(R.self, target.id).tag)
                    return try draft.update(R.self, target.id, patch)
                }
            )
        }
        on(endpoints.delete) { (target, _, call, caller) throws(APIError) in
            let namesUsers = caller.has(.viewIntegrations)
            try await organizations.change(
                for: call,
                caller,
                endpoints.delete,
                of: (R.kind, target.id)
            ) { (draft) throws(APIError) in
                try call.precondition.check(draft.organization.get(R.self, target.id).tag)
                try draft.delete(R.self, target.id, namesUsers: namesUsers)
            }
            return Reply()
        }
    }
}

extension Organizations {
    /// Runs a rule for a caller, who becomes the author of its changes. `object` is the object that the rule changes, if it is only one.
    func change<Parameters, Body, Response, Result: Sendable>(
        for call: Call,
        _ caller: Caller,
        _ endpoint: Endpoint<Parameters, Body, Response>,
        creating objectID: String? = nil,
        of object: (kind: RecordKind, id: String)? = nil,
        isFirst: Bool = false,
        _ rule: @escaping Draft.Rule<Result>
    ) async throws(APIError) -> Result {
        try await change(
            caller.organization.id,
            by: call.author(caller, endpoint.operation),
            creating: objectID,
            turn: Turn(bytes: 2 * call.body.count, changing: object, isFirst: isFirst),
            rule
        )
    }
}

extension Call {
    /// Returns the caller as the author of the operation's changes.
    package func author(_ caller: Caller, _ operation: APIOperation) -> Author {
        Author(
            user: caller.client.user,
            client: caller.client.id,
            operation: operation.id,
            contextID: contextID,
            address: request.address
        )
    }

    /// Returns the key of the field `Idempotency-Key`, or nil without the field. Throws a 400 unless it has 1 to 255 visible characters.
    func idempotencyKey(of caller: Caller, for operation: APIOperation) async throws(APIError) -> IdempotencyKey? {
        guard let key = try idempotencyKey() else { return nil }
        let target = pathParameters.map { "\($0.percentEncoded)\n" }.joined()
        return try await onLaneIfLarge { () throws(APIError) in
            IdempotencyKey(key, client: caller.client.id, operation: operation.id, body: Array(target.utf8) + self.body)
        }
    }

    /// Returns the text of the field `Idempotency-Key`, or nil without the field. Throws a 400 unless it has 1 to 255 visible characters.
    func idempotencyKey() throws(APIError) -> String? {
        guard let key = request.head[.idempotencyKey] else { return nil }
        try ParameterDescription.checkIdempotencyKey(key)
        return key
    }
}
