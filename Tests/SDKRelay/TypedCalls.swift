import MessagingSDK

extension MessagingClient {
    /// Makes a call by the method of its operation, and returns the JSON of the typed result; nil when the result is none.
    func make(_ call: Call) async throws(MessagingError) -> JSON? {
        switch call.operation.id {
        case "getConversationsMessagingSettings":
            return try await settings.list(pageSize: call.pageSize(), pageNumber: call.pageNumber()).json
        case "postConversationsMessagingSettings":
            return try await settings.create(call.model()).json
        case "getConversationsMessagingSetting":
            return try await settings.get(call.id).json
        case "patchConversationsMessagingSetting":
            return try await settings.update(call.id, call.patch()).json
        case "deleteConversationsMessagingSetting":
            try await settings.delete(call.id)
            return nil
        case "getConversationsMessagingSettingsDefault":
            return try await settings.default()?.json
        case "putConversationsMessagingSettingsDefault":
            let choice: MessagingSettingDefaultRequest = try call.model()
            return try await settings.setDefault(choice.settingId).json
        case "deleteConversationsMessagingSettingsDefault":
            try await settings.clearDefault()
            return nil
        case "getConversationsMessagingSupportedcontent":
            return try await supportedContent.list(pageSize: call.pageSize(), pageNumber: call.pageNumber()).json
        case "postConversationsMessagingSupportedcontent":
            return try await supportedContent.create(call.model()).json
        case "getConversationsMessagingSupportedcontentSupportedContentId":
            return try await supportedContent.get(call.id).json
        case "patchConversationsMessagingSupportedcontentSupportedContentId":
            return try await supportedContent.update(call.id, call.patch()).json
        case "deleteConversationsMessagingSupportedcontentSupportedContentId":
            try await supportedContent.delete(call.id)
            return nil
        case "getConversationsMessagingSupportedcontentDefault":
            return try await supportedContent.default()?.json
        case "putConversationsMessagingSupportedcontentDefault":
            let choice: SupportedContentReference = try call.model()
            return try await supportedContent.setDefault(choice.id).json
        case "getConversationsMessagingIntegrations":
            return try await integrations.list(
                pageSize: call.pageSize(),
                pageNumber: call.pageNumber(),
                expand: Set(call.expansions()),
                supportedContentID: call.value(of: "supportedContent.id"),
                messagingSettingID: call.value(of: "messagingSetting.id")
            ).json
        case "deleteConversationsMessagingIntegrationsOpenIntegrationId":
            try await integrations.open.delete(call.id)
            return nil
        default:
            if let answer = try await integrations.open.make(call) { return answer }
            return try await messagingAPI.make(call)
        }
    }
}

extension OpenIntegrationsClient {
    /// The same for the operations on open integrations; nil for all others.
    fileprivate func make(_ call: Call) async throws(MessagingError) -> JSON? {
        switch call.operation.id {
        case "getConversationsMessagingIntegrationsOpen":
            return try await list(
                pageSize: call.pageSize(),
                pageNumber: call.pageNumber(),
                expand: call.expansion(),
                supportedContentID: call.value(of: "supportedContent.id"),
                messagingSettingID: call.value(of: "messagingSetting.id")
            ).json
        case "postConversationsMessagingIntegrationsOpen":
            return try await create(call.model()).json
        case "getConversationsMessagingIntegrationsOpenIntegrationId":
            return try await get(call.id, expand: call.expansion()).json
        case "patchConversationsMessagingIntegrationsOpenIntegrationId":
            return try await update(call.id, call.patch()).json
        default:
            return nil
        }
    }
}

extension MessagingAPI {
    /// The same for the operations of the vendor's `MessagingApi`.
    fileprivate func make(_ call: Call) async throws(MessagingError) -> JSON? {
        switch call.operation.id {
        case "getMessagingSettings":
            return try await getMessagingSettings(pageSize: call.pageSize(), pageNumber: call.pageNumber()).json
        case "postMessagingSettings":
            return try await postMessagingSettings(body: call.model()).json
        case "getMessagingSetting":
            return try await getMessagingSetting(messageSettingId: call.id).json
        case "patchMessagingSetting":
            let patch: Patch<MessagingSettingRequest> = try call.patch()
            return try await patchMessagingSetting(messageSettingId: call.id, body: patch).json
        case "deleteMessagingSetting":
            try await deleteMessagingSetting(messageSettingId: call.id)
            return nil
        case "getMessagingSettingsDefault":
            return try await getMessagingSettingsDefault()?.json
        case "putMessagingSettingsDefault":
            return try await putMessagingSettingsDefault(body: call.model()).json
        case "deleteMessagingSettingsDefault":
            try await deleteMessagingSettingsDefault()
            return nil
        case "getMessagingSupportedcontent":
            return try await getMessagingSupportedcontent(pageSize: call.pageSize(), pageNumber: call.pageNumber()).json
        case "postMessagingSupportedcontent":
            return try await postMessagingSupportedcontent(body: call.model()).json
        case "getMessagingSupportedcontentSupportedContentId":
            return try await getMessagingSupportedcontentSupportedContentId(supportedContentId: call.id).json
        case "patchMessagingSupportedcontentSupportedContentId":
            let patch: Patch<SupportedContentRequest> = try call.patch()
            return try await patchMessagingSupportedcontentSupportedContentId(supportedContentId: call.id, body: patch)
                .json
        case "deleteMessagingSupportedcontentSupportedContentId":
            try await deleteMessagingSupportedcontentSupportedContentId(supportedContentId: call.id)
            return nil
        default:
            throw MessagingError(.noMethod)
        }
    }
}
