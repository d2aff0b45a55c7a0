import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the operations on integrations.
    mutating func add(_ integrations: OpenIntegrations, _ organizations: Organizations) {
        typealias Endpoints = OpenIntegrationEndpoints
        read(Endpoints.listAll) { (query, caller) throws(APIError) in
            try Reply(query, of: caller, Endpoints.listAll.operation, organizations) { (entry) throws(APIError) in
                try MessagingIntegration(entry, in: caller.organization, expand: query.expand.expansions)
            }
        }
        read(Endpoints.list) { (query, caller) throws(APIError) in
            try Reply(query, of: caller, Endpoints.list.operation, organizations) { (entry) throws(APIError) in
                try integrations.open(entry, in: caller.organization, expand: query.expand.expansions)
            }
        }
        on(Endpoints.create) { (_, request, call, caller) throws(APIError) in
            let id = Organizations.makeOrderedID()
            let sealed = try integrations.seal(request, for: id, in: caller.organization.id)
            let key = try call.idempotencyKey().map {
                IdempotencyKey(
                    $0,
                    client: caller.client.id,
                    operation: Endpoints.create.operation.id,
                    digests: integrations.digests(of: call.body)
                )
            }
            let created = try await organizations.write(
                OpenIntegrationRecord.self,
                in: caller.organizationID,
                by: call.author(caller, Endpoints.create.operation),
                creating: id,
                once: key,
                answering: { (entry, organization) throws(APIError) in
                    (id: entry.id, reply: try Reply(changed: entry, in: organization, integrations))
                }
            ) { (draft, stamp) throws(APIError) in
                try call.precondition.check(organizations.tag(of: draft))
                return try draft.createIntegration(sealed, stamp)
            }
            integrations.complete(created.id, in: caller.organization.id)
            return created.reply
        }
        read(Endpoints.get) { (target, caller) throws(APIError) in
            let entry = try caller.organization.get(OpenIntegrationRecord.self, target.id)
            let expansions = target.expand.expansions
            return Reply(
                bytes: try integrations.open(entry, in: caller.organization, expand: expansions).json.bytes,
                tag: expansions.isEmpty ? entry.tag : organizations.tag(of: caller.organization)
            )
        }
        on(Endpoints.update) { (target, patch, call, caller) throws(APIError) in
            let sealed = try integrations.seal(patch, for: target.id, in: caller.organization.id)
            return try await organizations.change(for: call, caller, Endpoints.update) {
                (draft, stamp) throws(APIError) in
                try call.precondition.check(draft.get(OpenIntegrationRecord.self, target.id).tag)
                let entry = try draft.update(OpenIntegrationRecord.self, target.id, sealed, stamp)
                return try Reply(changed: entry, in: draft, integrations)
            }
        }
        on(Endpoints.delete) { (target, _, call, caller) throws(APIError) in
            try await organizations.change(for: call, caller, Endpoints.delete) { (draft, stamp) throws(APIError) in
                try call.precondition.check(draft.get(OpenIntegrationRecord.self, target.id).tag)
                try draft.delete(OpenIntegrationRecord.self, target.id, stamp)
            }
            return Reply()
        }
        addRestorations(HistoryEndpoints.restoreIntegration, of: OpenIntegrationRecord.self, organizations) {
            (entry, draft) throws(APIError) in
            try Reply(changed: entry, in: draft, integrations)
        }
    }
}

extension Reply {
    /// The answer to a creation or a change, which has the secret token too. It is made of the draft: when a secret cannot be opened,
    /// nothing is changed.
    fileprivate init(
        changed entry: Entry,
        in draft: Organization,
        _ integrations: OpenIntegrations
    ) throws(APIError) where Response == OpenIntegration {
        let integration = try integrations.open(entry, in: draft, withToken: true)
        self.init(bytes: integration.json.bytes, tag: entry.tag)
    }

    /// A page of a list of integrations.
    fileprivate init<Entity, Expand>(
        _ query: IntegrationPage<Expand>,
        of caller: Caller,
        _ operation: APIOperation,
        _ organizations: Organizations,
        _ entity: (Entry) throws(APIError) -> Entity
    ) throws(APIError) where Response == Listing<Entity> {
        let (entries, total) = caller.organization.listIntegrations(
            query.page,
            supportedContent: query.supportedContentID,
            messagingSetting: query.messagingSettingID
        )
        var listing = Response(page: query.page, total: total, path: operation.path, filter: query.filter)
        for entry in entries { listing.entities.append(try entity(entry)) }
        self.init(bytes: listing.json.bytes, tag: organizations.tag(of: caller.organization))
    }
}
