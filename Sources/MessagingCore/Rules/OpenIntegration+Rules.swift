public import MessagingContract

extension OpenIntegrationRecord: NumberedResource {
    public static var kind: RecordKind { .openIntegration }

    public mutating func setPath() {}

    /// Merges the top level only. If the patch has `webhookHeaders`, it replaces all of them.
    public static func merge(_ patch: JSON, into request: JSON) -> JSON { SupportedContent.merge(patch, into: request) }

    public func checkMutable() throws(APIError) {
        if createStatus == .initiated { throw .badRequest("Create integration has not completed") }
    }

    /// Completes an integration that was deleted before its creation was complete.
    public mutating func willBeRestored(newID: String) { if createStatus == .initiated { complete(recipient: newID) } }

    fileprivate mutating func complete(recipient id: String) {
        createStatus = .completed
        recipient = DomainEntityRef(recipient: id)
    }

    public func checkContent(since before: OpenIntegrationRecord?) throws(FieldError) {
        let url = request.outboundNotificationWebhookUrl
        if url == before?.request.outboundNotificationWebhookUrl { return }
        do {
            try Webhook.url.check(url)
        } catch {
            throw error.within("outboundNotificationWebhookUrl")
        }
    }

    public func checkReferences(in organization: Organization) throws(APIError) {
        guard let supportedContent = request.supportedContent else {
            throw APIError(FieldError(path: "supportedContent", reason: .constraint("must name a profile")))
        }
        if organization[.supportedContent][supportedContent.id] == nil {
            throw .unknownReference("supportedContent.id", to: "supported content profile")
        }
        if let messagingSetting = request.messagingSetting, organization[.messagingSetting][messagingSetting.id] == nil
        {
            throw .unknownReference("messagingSetting.id", to: "messaging setting")
        }
    }
}

/// Rules of open messaging integrations that differ from those of other kinds of ``Resource``.
extension Draft {
    /// Creates an integration with the stamp's id. An effect, due after a delay in seconds, completes its creation. If the request names no
    /// profile or setting, the integration gets the present default.
    ///
    /// Throws 400 as for every kind. The error names a reference to an object that does not exist.
    public mutating func createIntegration(
        _ request: SealedOpenIntegrationRequest,
        completedAfter delay: Double = 0
    ) throws(APIError) -> Entry {
        var request = request
        if request.supportedContent == nil {
            request.supportedContent = organization.getDefault(SupportedContent.self).map {
                SupportedContentReference(id: $0.id)
            }
        }
        if request.messagingSetting == nil {
            request.messagingSetting = organization.getDefault(MessagingSetting.self).map {
                MessagingSettingRequestReference(id: $0.id)
            }
        }
        let entry = try create(OpenIntegrationRecord.self, request)
        emit(.completeIntegration, of: entry.id, after: delay)
        return entry
    }

    /// Deletes an integration, and the effect that completes its creation, if there is one. Throws like ``delete(_:_:namesUsers:)``.
    public mutating func deleteIntegration(_ id: String) throws(APIError) {
        try delete(OpenIntegrationRecord.self, id)
        settle(.completeIntegration, of: id)
    }

    /// Completes the creation of an integration. Its recipient gets the stamp's id. Returns false and does nothing if there is no creation
    /// to complete.
    public mutating func completeIntegration(_ id: String) throws(APIError) -> Bool {
        guard organization[.openIntegration][id] != nil else { return false }
        var record = try organization.object(OpenIntegrationRecord.self, id)
        guard record.createStatus == .initiated else { return false }
        record.complete(recipient: stamp.id)
        record.version &+= 1
        put(.openIntegration, id, record.json)
        settle(.completeIntegration, of: id)
        return true
    }
}

extension Organization {
    /// Returns the integrations to which an object is assigned.
    public func integrations<R: Resource>(using type: R.Type, _ id: String) -> TableSelection {
        integrations(using: References.Target(R.kind, id))
    }

    /// Returns the number of integrations that ``listIntegrations(_:supportedContent:messagingSetting:)`` reads besides those of its page.
    public func integrationsToFilter(supportedContent profile: String?, messagingSetting setting: String?) -> Int {
        guard let profile, let setting else { return 0 }
        return min(
            integrations(using: SupportedContent.self, profile).count,
            integrations(using: MessagingSetting.self, setting).count
        )
    }

    /// Returns the integrations on a page, ordered by name and then id, and their number on all pages. Selects all integrations, or those
    /// with this profile, this setting, or both.
    public func listIntegrations(
        _ page: Paging,
        supportedContent profile: String? = nil,
        messagingSetting setting: String? = nil
    ) -> (entries: [Entry], total: Int) {
        let targets = [
            profile.map { References.Target(SupportedContent.kind, $0) },
            setting.map { References.Target(MessagingSetting.kind, $0) },
        ].compactMap(\.self)
        let fewest = targets.map(integrations).min { $0.count < $1.count } ?? self[.openIntegration].all
        guard targets.count > 1 else {
            return (fewest.page(offset: page.offset, limit: page.pageSize), fewest.count)
        }
        let both = fewest.entries.filter { entry in
            let all = references.targets(of: entry.id)
            return targets.allSatisfy(all.contains)
        }
        return (Array(both.dropFirst(page.offset).prefix(page.pageSize)), both.count)
    }
}

extension EffectKind {
    /// The completion of an integration's creation. The object is the integration.
    static let completeIntegration = EffectKind(rawValue: "completeIntegration")
}
