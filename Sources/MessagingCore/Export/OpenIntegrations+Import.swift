public import MessagingContract

extension OpenIntegrations {
    /// Returns the ids of the document's clients that are not available: another organization has a client with the id, or the id stands
    /// for an unknown client. Throws 503 if the store cannot be reached.
    public func takenClients(of document: OrganizationDocument) async throws(APIError) -> Set<String> {
        var taken: Set<String> = [OAuthClient.unknownID]
        for client in document.clients where try await organizations.record(ofClient: client.id) != nil {
            taken.insert(client.id)
        }
        return taken
    }

    /// Makes an organization from a document, without committing it. The time is proportional to the size of the document.
    ///
    /// - The organization has the id of the document, or a new id if `newID` is true.
    /// - A client whose id is in `taken` gets a new id.
    /// - Secrets that the document lacks are generated.
    /// - Integrations whose creation was not complete are completed.
    /// - The history begins with these changes, by `author`.
    ///
    /// Throws 400 with the path of the field if the document is not valid.
    public func prepare(
        _ document: OrganizationDocument,
        newID: Bool,
        taken: Set<String>,
        by author: Author
    ) throws(APIError) -> PreparedImport {
        let surroundings = organizations.surroundings
        let id = newID ? surroundings.makeOrderedID() : document.organization.id
        let stamp = Stamp(time: surroundings.now(id), id: id, author: author, limits: organizations.limits)
        var clients: [OAuthClient] = []
        var changed: [ImportSummary.Client] = []
        var (ids, users): (Set<String>, Set<String>) = ([], [])
        for (index, exported) in document.clients.enumerated() {
            for (isNew, member) in [
                (ids.insert(exported.id).inserted, "id"), (users.insert(exported.user).inserted, "user"),
            ]
            where !isNew { throw APIError(FieldError.repeated(member).within(index: index).within("clients")) }
            let newID = taken.contains(exported.id) ? surroundings.makeID(for: id) : nil
            let (client, difference) = Self.client(exported, newID: newID)
            clients.append(client)
            if let difference { changed.append(difference) }
        }
        var tokens: [ImportSummary.Integration] = []
        var integrations: [OpenIntegrationRecord] = []
        for (index, exported) in document.integrations.enumerated() {
            var exported = exported
            if exported.secrets?.outboundNotificationWebhookSignatureSecretToken == nil {
                let token = Secret.make()
                var secrets = exported.secrets ?? OpenIntegrationSecrets()
                secrets.outboundNotificationWebhookSignatureSecretToken = token
                exported.secrets = secrets
                tokens.append(ImportSummary.Integration(id: exported.id, token: token))
            }
            do {
                if let recipient = try ExportCheck.id(of: exported.recipient, "recipient") {
                    exported.recipient = DomainEntityRef(recipient: recipient)
                }
            } catch {
                throw APIError(error.within(index: index).within("integrations"))
            }
            integrations.append(try record(exported, in: id))
        }
        let draft = try Draft(id, adopting: document, clients, integrations, stamp)
        let summary = ImportSummary(organization: draft.organization.info, clients: changed, integrations: tokens)
        return PreparedImport(draft: draft, summary: summary)
    }

    /// Creates the organization in one commit, and returns once it is durable. Throws 400 if there is one with its id.
    public func adopt(_ prepared: PreparedImport, by author: Author) async throws(APIError) -> ImportSummary {
        _ = try await organizations.adopt(prepared.draft, by: author)
        return prepared.summary
    }

    private static func client(_ exported: ExportedClient, newID: String?) -> (OAuthClient, ImportSummary.Client?) {
        let secret = exported.secretDigest == nil ? Secret.make() : nil
        var client = OAuthClient()
        client.id = newID ?? exported.id
        client.name = exported.name
        client.user = exported.user
        client.secretDigest = exported.secretDigest ?? Hexadecimal.string(Secret.digest(secret ?? ""))
        client.permissions = exported.permissions.unique
        client.scopes = exported.scopes.unique
        client.dateCreated = exported.dateCreated
        let isChanged = newID != nil || secret != nil
        return (client, isChanged ? ImportSummary.Client(was: exported.id, id: client.id, secret: secret) : nil)
    }

    /// Returns the integration as it is stored in an organization.
    private func record(
        _ exported: ExportedIntegration,
        in organization: String
    ) throws(APIError) -> OpenIntegrationRecord {
        let request = OpenIntegrationRequest(
            name: exported.name,
            outboundNotificationWebhookUrl: exported.outboundNotificationWebhookUrl,
            outboundNotificationWebhookSignatureSecretToken:
                exported.secrets?.outboundNotificationWebhookSignatureSecretToken ?? "",
            supportedContent: exported.supportedContent,
            messagingSetting: exported.messagingSetting,
            webhookHeaders: exported.secrets?.webhookHeaders
        )
        var record = OpenIntegrationRecord()
        record.id = exported.id
        record.version = exported.version
        record.request = try seal(request, for: exported.id, in: organization)
        record.createStatus = .completed
        record.recipient =
            exported.recipient
            ?? DomainEntityRef(recipient: organizations.surroundings.makeOrderedID(for: organization))
        record.dateCreated = exported.dateCreated
        record.dateModified = exported.dateModified
        record.createdBy = exported.createdBy
        record.modifiedBy = exported.modifiedBy
        return record
    }
}

extension Organizations {
    /// Commits a prepared organization. Throws 400 if there is one with its id.
    func adopt(_ prepared: Draft, by author: Author) async throws(APIError) -> OrganizationInfo {
        let id = prepared.organization.id
        let turn = Turn(bytes: WriteQueue.commitCost)
        return try await enqueue(id, creates: true, id, author, key: nil, turn) { (draft) throws(APIError) in
            guard draft.organization.revision == 0 else {
                throw .badRequest(
                    "An organization with the id \(id) already exists. To import the document under a new id, use --new-id."
                )
            }
            draft = prepared
            return draft.organization.info
        }
    }
}
