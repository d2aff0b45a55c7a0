package import MessagingContract

/// What an integration refers to, as far as an answer tells it.
struct IntegrationReferences {
    var supportedContent: SupportedContentReference?
    var messagingSetting: MessagingSettingReference?

    /// Ids and paths, and all of the objects that are expanded.
    init(
        _ record: OpenIntegrationRecord,
        in organization: Organization,
        _ expand: Set<IntegrationExpansion>
    ) throws(APIError) {
        if let id = record.supportedContent?.id {
            if expand.contains(.supportedContent), let entry = organization[.supportedContent][id] {
                supportedContent = SupportedContentReference(try organization.decode(entry))
            } else {
                supportedContent = SupportedContentReference(id: id)
                supportedContent?.selfUri = SupportedContent.selfUri(id)
            }
        }
        if let id = record.messagingSetting?.id {
            if expand.contains(.messagingSetting), let entry = organization[.messagingSetting][id] {
                messagingSetting = MessagingSettingReference(try organization.decode(entry))
            } else {
                messagingSetting = MessagingSettingReference()
                messagingSetting?.id = id
                messagingSetting?.selfUri = MessagingSetting.selfUri(id)
            }
        }
    }
}

extension OpenIntegration {
    init(_ record: OpenIntegrationRecord, _ secrets: OpenIntegrationSecrets, _ references: IntegrationReferences) {
        self.init()
        id = record.id
        name = record.name
        supportedContent = references.supportedContent
        messagingSetting = references.messagingSetting
        outboundNotificationWebhookUrl = record.outboundNotificationWebhookUrl
        outboundNotificationWebhookSignatureSecretToken = secrets.outboundNotificationWebhookSignatureSecretToken
        webhookHeaders = secrets.webhookHeaders
        status = record.createStatus == .completed ? "active" : nil
        recipient = record.recipient
        dateCreated = record.dateCreated
        dateModified = record.dateModified
        createdBy = record.createdBy
        modifiedBy = record.modifiedBy
        createStatus = record.createStatus
        selfUri = record.selfUri
    }
}

extension MessagingIntegration {
    /// The integration's row in the list of all kinds. Throws 500 when it is not stored as an integration.
    package init(_ entry: Entry, in organization: Organization, expand: Set<IntegrationExpansion>) throws(APIError) {
        self.init()
        let record: OpenIntegrationRecord = try organization.decode(entry)
        let references = try IntegrationReferences(record, in: organization, expand)
        id = record.id
        name = record.name
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
        selfUri = record.selfUri
    }
}
