import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operations on integrations.
    mutating func add(_ integrations: OpenIntegrations, _ organizations: Organizations, _ gate: ReadGate) {
        typealias Endpoints = OpenIntegrationEndpoints
        addList(Endpoints.listAll, organizations, gate) { (entry, organization) throws(APIError) in
            try MessagingIntegration(entry, in: organization)
        }
        addList(Endpoints.list, organizations, gate) { (entry, organization) throws(APIError) in
            try integrations.open(entry, in: organization)
        }
        on(Endpoints.create) { (_, request, call, caller) throws(APIError) in
            let id = organizations.surroundings.makeOrderedID(for: caller.organizationID)
            let sealed = try await call.onLaneIfLarge { () throws(APIError) in
                try integrations.seal(request, for: id, in: caller.organizationID)
            }
            var key: IdempotencyKey?
            if let text = try call.idempotencyKey() {
                key = IdempotencyKey(
                    text,
                    client: caller.client.id,
                    operation: Endpoints.create.operation.id,
                    digests: try await call.onLaneIfLarge { () throws(APIError) in integrations.digests(of: call.body) }
                )
            }
            return try await organizations.write(
                OpenIntegrationRecord.self,
                in: caller.organizationID,
                by: call.author(caller, Endpoints.create.operation),
                creating: id,
                once: key,
                turn: Turn(bytes: 3 * call.body.count),
                answering: { (entry, organization) throws(APIError) in
                    try Reply(changed: entry, in: organization, for: caller, withToken: true, integrations)
                }
            ) { (draft) throws(APIError) in
                try call.precondition.check(organizations.tag(of: draft.organization))
                return try draft.createIntegration(sealed, completedAfter: integrations.delay)
            }
        }
        read(Endpoints.get) { (target, caller, budget) throws(APIError) in
            let entry = try caller.organization.get(OpenIntegrationRecord.self, target.id)
            let expansions = caller.visible(target.expand.expansions)
            var references = ExpandedReferences(in: caller.organization, expansions)
            if entry.bytes.count + references.size(of: entry.id) > budget { return nil }
            var bytes: [UInt8] = []
            try references.write(integrations.open(entry, in: caller.organization), to: &bytes)
            return Reply(
                bytes: bytes,
                tag: expansions.isEmpty ? entry.tag : organizations.tag(of: caller.organization)
            )
        }
        on(Endpoints.update) { (target, patch, call, caller) throws(APIError) in
            let sealed = try await call.onLaneIfLarge { () throws(APIError) in
                try integrations.seal(patch, for: target.id, in: caller.organizationID)
            }
            let carriesToken = patch.document["outboundNotificationWebhookSignatureSecretToken"] != nil
            let object = (RecordKind.openIntegration, target.id)
            return try await organizations.change(for: call, caller, Endpoints.update, of: object) {
                (draft) throws(APIError) in
                try call.precondition.check(draft.organization.get(OpenIntegrationRecord.self, target.id).tag)
                let entry = try draft.update(OpenIntegrationRecord.self, target.id, sealed)
                return try Reply(
                    changed: entry,
                    in: draft.organization,
                    for: caller,
                    withToken: carriesToken,
                    integrations
                )
            }
        }
        on(Endpoints.delete) { (target, _, call, caller) throws(APIError) in
            let object = (RecordKind.openIntegration, target.id)
            try await organizations.change(for: call, caller, Endpoints.delete, of: object) {
                (draft) throws(APIError) in
                try call.precondition.check(draft.organization.get(OpenIntegrationRecord.self, target.id).tag)
                try draft.deleteIntegration(target.id)
            }
            return Reply()
        }
        addRestorations(HistoryEndpoints.restoreIntegration, of: OpenIntegrationRecord.self, organizations) {
            (entry, organization, caller) throws(APIError) in
            try Reply(changed: entry, in: organization, for: caller, withToken: false, integrations)
        }
    }
}

extension Reply {
    /// Creates the response to a creation or a change. It has the secret token if the request carried it, and the webhook headers if the
    /// caller may view integrations. It is created from the draft, so nothing is changed if a secret cannot be opened.
    fileprivate init(
        changed entry: Entry,
        in organization: Organization,
        for caller: Caller,
        withToken: Bool,
        _ integrations: OpenIntegrations
    ) throws(APIError) where Response == OpenIntegration {
        var integration = try integrations.open(entry, in: organization, withToken: true)
        if !withToken { integration.outboundNotificationWebhookSignatureSecretToken = nil }
        if !caller.has(.viewIntegrations) { integration.webhookHeaders = nil }
        self.init(bytes: integration.json.bytes, tag: entry.tag)
    }
}
