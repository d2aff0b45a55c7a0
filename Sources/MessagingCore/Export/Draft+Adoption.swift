import MessagingContract

import struct Foundation.Date

extension Draft {
    /// Creates a draft of a new organization with the content of a document. Every field is checked. Throws 400 with the path of the first
    /// field that is not valid, and 400 if the document has more than an organization may have.
    ///
    /// `clients` and `integrations` are those of the document, in order, as they are stored. No two clients have the same id.
    init(
        _ id: String,
        adopting document: OrganizationDocument,
        _ clients: [OAuthClient],
        _ integrations: [OpenIntegrationRecord],
        _ stamp: Stamp
    ) throws(APIError) {
        self.init(Organization(new: id), stamp)
        put(.organization, id, OrganizationInfo(id: id, name: document.organization.name).json)
        try adopt(document.settings, "settings")
        try adopt(document.supportedContent, "supportedContent")
        try adoptDefault(MessagingSetting.self, document.defaults?.setting, "setting")
        try adoptDefault(SupportedContent.self, document.defaults?.supportedContent, "supportedContent")
        let (settings, profiles) = (organization[.messagingSetting], organization[.supportedContent])
        try adopt(integrations, "integrations") { integration throws(FieldError) in
            guard let profile = integration.request.supportedContent?.id, profiles[profile] != nil else {
                throw FieldError(reason: .constraint("must be the id of a profile in the document")).within("id")
                    .within("supportedContent")
            }
            if let setting = integration.request.messagingSetting?.id, settings[setting] == nil {
                throw FieldError(reason: .constraint("must be the id of a setting in the document")).within("id")
                    .within("messagingSetting")
            }
        }
        for (index, client) in clients.enumerated() {
            let json = client.json
            let entry = Entry(id: client.id, json: json, bytes: json.bytes)
            try Self.at("clients", index) { () throws(FieldError) in
                do throws(FieldError) {
                    try ExportCheck.date(client.dateCreated, latest: latest)
                } catch {
                    throw error.within("dateCreated")
                }
                try ExportCheck.size(entry.bytes, within: Kind[.oauthClient].mostBytes)
            }
            try checkRoom(for: .oauthClient)
            put(.oauthClient, entry, json)
        }
    }

    private mutating func adopt<R: AdoptedObject>(
        _ objects: [R],
        _ list: String,
        _ check: (R) throws(FieldError) -> Void = { _ in }
    ) throws(APIError) {
        for (index, object) in objects.enumerated() {
            var object = object
            let isKnown = organization[R.kind][object.id] != nil
            try Self.at(list, index) { () throws(FieldError) in
                try object.prepare(latest: latest)
                try check(object)
                try object.checkContent(since: nil)
                if isKnown { throw FieldError.repeated("id") }
            }
            let json = object.json
            let entry = Entry(id: object.id, json: json, bytes: json.bytes)
            try Self.at(list, index) { () throws(FieldError) in
                try ExportCheck.size(entry.bytes, within: Kind[R.kind].mostBytes)
            }
            try checkRoom(for: R.kind)
            put(R.kind, entry, json)
        }
    }

    private mutating func adoptDefault<R: Resource>(
        _ type: R.Type,
        _ id: String?,
        _ name: String
    ) throws(APIError) {
        guard let id else { return }
        guard organization[R.kind][id] != nil else {
            throw APIError(
                FieldError(reason: .constraint("must be an id in the document")).within(name).within("defaults")
            )
        }
        _ = try setDefault(R.self, id)
    }

    /// The latest valid date of an object of the document.
    private var latest: Date { stamp.time.addingTimeInterval(ExportCheck.lead) }

    private static func at(_ list: String, _ index: Int, _ body: () throws(FieldError) -> Void) throws(APIError) {
        do {
            try body()
        } catch {
            throw APIError(error.within(index: index).within(list))
        }
    }
}

extension FieldError {
    /// Returns the error for a member that has the same value as in another object of the list.
    static func repeated(_ member: String) -> FieldError {
        FieldError(reason: .constraint("must be unique in its list")).within(member)
    }
}
