public import MessagingContract

/// What an import made.
public struct ImportSummary: Hashable, Sendable {
    /// A client whose id or secret is not that of the document.
    public struct Client: Hashable, Sendable {
        /// Its id in the document.
        public let was: String
        /// Its id now.
        public let id: String
        /// Its new secret, at the only moment at which it is known; nil when it has the one of the document.
        public let secret: String?
    }

    /// An integration that has a new token, since the document had none, and no webhook headers.
    public struct Integration: Hashable, Sendable {
        /// Its id.
        public let id: String
        /// Its token.
        public let token: String
    }

    /// The organization.
    public let organization: OrganizationInfo
    /// The clients that are not as in the document.
    public let clients: [Client]
    /// The integrations that are not as in the document.
    public let integrations: [Integration]
}

extension OpenIntegrations {
    /// Creates an organization from a document, in one commit, and returns when it is durable. Its history begins with that, by `author`.
    ///
    /// Its id is that of the document unless `newID`; a client whose id another organization has gets another one. What is secret and left
    /// out of the document is made anew. A creation of an integration that was not complete is.
    ///
    /// Throws 400 when the document is not as it must be, with the path of the field, and when there is such an organization.
    public func adopt(
        _ document: OrganizationDocument,
        newID: Bool,
        by author: Author
    ) async throws(APIError) -> ImportSummary {
        let id = newID ? Organizations.makeOrderedID() : document.organization.id
        let stamp = Stamp(time: organizations.now(), id: id, author: author, limits: organizations.limits)
        var clients: [OAuthClient] = []
        var changed: [ImportSummary.Client] = []
        var ids: Set<String> = []
        for (index, exported) in document.clients.enumerated() {
            guard ids.insert(exported.id).inserted else {
                throw APIError(FieldError.repeated.within(index: index).within("clients"))
            }
            let (client, difference) = try await adopt(exported)
            clients.append(client)
            if let difference { changed.append(difference) }
        }
        var tokens: [ImportSummary.Integration] = []
        var integrations: [OpenIntegrationRecord] = []
        for exported in document.integrations {
            var exported = exported
            if exported.secrets?.outboundNotificationWebhookSignatureSecretToken == nil {
                let token = Secret.make()
                var secrets = exported.secrets ?? OpenIntegrationSecrets()
                secrets.outboundNotificationWebhookSignatureSecretToken = token
                exported.secrets = secrets
                tokens.append(ImportSummary.Integration(id: exported.id, token: token))
            }
            integrations.append(try record(exported, in: id))
        }
        let prepared = try Organization(id, adopting: document, clients, integrations, stamp)
        let info = try await organizations.adopt(prepared, by: author)
        return ImportSummary(organization: info, clients: changed, integrations: tokens)
    }

    private func adopt(_ exported: ExportedClient) async throws(APIError) -> (OAuthClient, ImportSummary.Client?) {
        let isTaken: Bool
        do {
            isTaken = try await organizations.store.client(exported.id) != nil
        } catch {
            throw APIError(error)
        }
        let secret = exported.secretDigest == nil ? Secret.make() : nil
        var client = OAuthClient()
        client.id = isTaken ? Organizations.makeID() : exported.id
        client.name = exported.name
        client.user = exported.user
        client.secretDigest = exported.secretDigest ?? Secret.hex(Secret.digest(secret ?? ""))
        client.permissions = exported.permissions
        client.scopes = exported.scopes
        client.dateCreated = exported.dateCreated
        let isChanged = isTaken || secret != nil
        return (client, isChanged ? ImportSummary.Client(was: exported.id, id: client.id, secret: secret) : nil)
    }

    /// The integration as it is stored in an organization.
    private func record(
        _ exported: ExportedIntegration,
        in organization: String
    ) throws(APIError) -> OpenIntegrationRecord {
        var request = OpenIntegrationRequest()
        request.outboundNotificationWebhookSignatureSecretToken =
            exported.secrets?.outboundNotificationWebhookSignatureSecretToken ?? ""
        request.webhookHeaders = exported.secrets?.webhookHeaders
        let sealed = try seal(request, for: exported.id, in: organization)
        var record = OpenIntegrationRecord()
        record.id = exported.id
        record.name = exported.name
        record.version = exported.version
        record.supportedContent = exported.supportedContent
        record.messagingSetting = exported.messagingSetting
        record.outboundNotificationWebhookUrl = exported.outboundNotificationWebhookUrl
        record.outboundNotificationWebhookSignatureSecretToken = sealed.outboundNotificationWebhookSignatureSecretToken
        record.webhookHeaders = sealed.webhookHeaders
        record.createStatus = .completed
        record.recipient = exported.recipient ?? DomainEntityRef(recipient: Organizations.makeOrderedID())
        record.dateCreated = exported.dateCreated
        record.dateModified = exported.dateModified
        record.createdBy = exported.createdBy
        record.modifiedBy = exported.modifiedBy
        return record
    }
}

extension Organizations {
    /// Commits an organization that was prepared. Throws 400 when there is one with its id.
    func adopt(_ prepared: Organization, by author: Author) async throws(APIError) -> OrganizationInfo {
        let turn = Turn(bytes: WriteQueue.roundCost)  // A whole organization has a round to itself.
        return try await enqueue(prepared.id, creates: true, prepared.id, author, key: nil, turn) {
            (draft, _) throws(APIError) in
            guard draft.revision == 0 else {
                throw .badRequest(
                    "There is an organization \(prepared.id) already. Give the new one another id: --new-id."
                )
            }
            draft = prepared
            return draft.info
        }
    }
}
