public import MessagingContract

public import struct Foundation.Date

extension Organization {
    /// Returns the organization as a document. If `secrets` is given, the document has the digests of client secrets and the opened secrets
    /// of integrations.
    ///
    /// Throws 500 if a stored record is not valid or a secret cannot be opened.
    public func exported(at date: Date, secrets: OpenIntegrations? = nil) throws(APIError) -> OrganizationDocument {
        var document = OrganizationDocument()
        document.dateExported = date
        document.organization.id = id
        document.organization.name = info.name
        for entry in self[.messagingSetting].entries { document.settings.append(try decode(entry)) }
        for entry in self[.supportedContent].entries { document.supportedContent.append(try decode(entry)) }
        var defaults = OrganizationDocument.Defaults()
        defaults.setting = getDefault(MessagingSetting.self)?.id
        defaults.supportedContent = getDefault(SupportedContent.self)?.id
        document.defaults = defaults
        for entry in self[.openIntegration].entries {
            document.integrations.append(try exported(entry, secrets: secrets))
        }
        for client in clients.values.sorted(by: { ($0.name, $0.id) < ($1.name, $1.id) }) {
            document.clients.append(ExportedClient(client, withDigest: secrets != nil))
        }
        return document
    }

    private func exported(_ entry: Entry, secrets: OpenIntegrations?) throws(APIError) -> ExportedIntegration {
        let record: OpenIntegrationRecord = try decode(entry)
        var exported = ExportedIntegration()
        exported.id = record.id
        exported.name = record.request.name
        exported.version = record.version
        exported.supportedContent = record.request.supportedContent
        exported.messagingSetting = record.request.messagingSetting
        exported.outboundNotificationWebhookUrl = record.request.outboundNotificationWebhookUrl
        exported.createStatus = record.createStatus
        exported.recipient = record.recipient
        exported.dateCreated = record.dateCreated
        exported.dateModified = record.dateModified
        exported.createdBy = record.createdBy
        exported.modifiedBy = record.modifiedBy
        if let secrets {
            let opened = try secrets.open(entry, in: self, withToken: true)
            var given = OpenIntegrationSecrets()
            given.outboundNotificationWebhookSignatureSecretToken =
                opened.outboundNotificationWebhookSignatureSecretToken
            given.webhookHeaders = opened.webhookHeaders
            exported.secrets = given
        }
        return exported
    }
}

extension ExportedClient {
    fileprivate init(_ client: OAuthClient, withDigest: Bool) {
        self.init()
        id = client.id
        name = client.name
        user = client.user
        secretDigest = withDigest ? client.secretDigest : nil
        permissions = client.permissions
        scopes = client.scopes
        dateCreated = client.dateCreated
    }
}
