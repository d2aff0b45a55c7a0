package import MessagingContract

/// The references of an integration, with ids and paths. ``ExpandedReferences`` adds the rest.
struct IntegrationReferences {
    var supportedContent: SupportedContentReference?
    var messagingSetting: MessagingSettingReference?

    init(_ record: OpenIntegrationRecord) {
        if let id = record.request.supportedContent?.id {
            supportedContent = SupportedContentReference(id: id)
            supportedContent?.selfUri = SupportedContent.selfUri(id)
        }
        if let id = record.request.messagingSetting?.id {
            messagingSetting = MessagingSettingReference()
            messagingSetting?.id = id
            messagingSetting?.selfUri = MessagingSetting.selfUri(id)
        }
    }
}

extension OpenIntegration {
    init(_ record: OpenIntegrationRecord, _ secrets: OpenIntegrationSecrets, _ references: IntegrationReferences) {
        self.init()
        id = record.id
        name = record.request.name
        supportedContent = references.supportedContent
        messagingSetting = references.messagingSetting
        outboundNotificationWebhookUrl = record.request.outboundNotificationWebhookUrl
        outboundNotificationWebhookSignatureSecretToken = secrets.outboundNotificationWebhookSignatureSecretToken
        webhookHeaders = secrets.webhookHeaders
        status = record.createStatus == .completed ? "active" : nil
        recipient = record.recipient
        dateCreated = record.dateCreated
        dateModified = record.dateModified
        createdBy = record.createdBy
        modifiedBy = record.modifiedBy
        createStatus = record.createStatus
        selfUri = OpenIntegrationRecord.selfUri(record.id)
    }
}

extension MessagingIntegration {
    /// Creates the integration's row in the list of all kinds. Throws 500 if the stored record is not an integration.
    package init(_ entry: Entry, in organization: Organization) throws(APIError) {
        self.init()
        let record: OpenIntegrationRecord = try organization.decode(entry)
        let references = IntegrationReferences(record)
        id = record.id
        name = record.request.name
        messengerType = .open
        status = record.createStatus == .completed ? .active : .starting
        supportedContent = references.supportedContent
        messagingSetting = references.messagingSetting
        recipient = record.recipient
        dateCreated = record.dateCreated
        dateModified = record.dateModified
        createdBy = record.createdBy
        modifiedBy = record.modifiedBy
        version = record.version
        selfUri = OpenIntegrationRecord.selfUri(record.id)
    }
}
