import MessagingSDK

/// An object whose typed change can be read from a merge patch, member by member.
protocol Patchable: WireObject {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError)
}

extension Patch where Object: Patchable {
    init(reading json: JSON?) throws(FieldError) {
        switch json {
        case nil: self = .keep
        case .null: self = .clear
        case .object([:]) where Object.self is any MergedObject.Type: self = .clear
        case .object(let members):
            self.init()
            try Object.read(members, into: &self)
        case let json?: throw FieldError(json, isNot: "object")
        }
    }
}

extension Change where Value: WireValue {
    init(reading json: JSON?) throws(FieldError) {
        switch json {
        case nil: self = .keep
        case .null: self = .clear
        case let json?: self = .set(try Value(json: json, side: .response))
        }
    }
}

extension Replacement where Value: WireValue {
    init(reading json: JSON?) throws(FieldError) {
        switch json {
        case nil: self = .keep
        case .null: throw FieldError(reason: .missing)
        case let json?: self = .set(try Value(json: json, side: .response))
        }
    }
}

extension MessagingSettingRequest: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.name = try Replacement(reading: members["name"])
        patch.content = try Patch(reading: members["content"])
        patch.event = try Patch(reading: members["event"])
    }
}

extension ContentSetting: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.story = try Patch(reading: members["story"])
    }
}

extension StorySetting: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.mention = try Patch(reading: members["mention"])
        patch.reply = try Patch(reading: members["reply"])
    }
}

extension InboundOnlySetting: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.inbound = try Change(reading: members["inbound"])
    }
}

extension EventSetting: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.typing = try Patch(reading: members["typing"])
    }
}

extension TypingSetting: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.on = try Patch(reading: members["on"])
    }
}

extension SettingDirection: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.inbound = try Change(reading: members["inbound"])
        patch.outbound = try Change(reading: members["outbound"])
    }
}

extension SupportedContentRequest: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.name = try Replacement(reading: members["name"])
        patch.mediaTypes = try Change(reading: members["mediaTypes"])
    }
}

extension OpenIntegrationRequest: Patchable {
    static func read(_ members: JSON.Object, into patch: inout Patch<Self>) throws(FieldError) {
        patch.name = try Replacement(reading: members["name"])
        patch.supportedContent = try Change(reading: members["supportedContent"])
        patch.messagingSetting = try Change(reading: members["messagingSetting"])
        patch.outboundNotificationWebhookUrl = try Replacement(reading: members["outboundNotificationWebhookUrl"])
        patch.outboundNotificationWebhookSignatureSecretToken = try Replacement(
            reading: members["outboundNotificationWebhookSignatureSecretToken"]
        )
        patch.webhookHeaders = try Change(reading: members["webhookHeaders"])
    }
}
