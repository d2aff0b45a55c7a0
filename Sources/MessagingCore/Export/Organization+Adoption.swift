import MessagingContract

extension Organization {
    /// A new organization with all that a document has, which is to be committed. Nothing of the document is taken for granted: throws the
    /// 400 of the first field that is not as it must be, with its path, and when there is more than an organization may hold.
    ///
    /// `clients` and `integrations` are those of the document, in its order, as they are stored; no two clients have one id.
    init(
        _ id: String,
        adopting document: OrganizationDocument,
        _ clients: [OAuthClient],
        _ integrations: [OpenIntegrationRecord],
        _ stamp: Stamp
    ) throws(APIError) {
        self.init(new: id)
        try document.organization.name.checkAsLine()
        put(.organization, id, OrganizationInfo(id: id, name: document.organization.name).json, stamp)
        try adopt(document.settings, "settings", \.id, stamp) { setting throws(FieldError) in
            guard let version = Int(setting.version) else {
                throw FieldError(reason: .constraint("must be a number from 1 on")).within("version")
            }
            try Self.check(setting.id, setting.name, version)
            setting.selfUri = MessagingSetting.selfUri(setting.id)
        }
        try adopt(document.supportedContent, "supportedContent", \.id, stamp) { profile throws(FieldError) in
            try Self.check(profile.id, profile.name, profile.version)
            profile.selfUri = SupportedContent.selfUri(profile.id)
        }
        try adoptDefault(MessagingSetting.self, document.defaults?.setting, "setting", stamp)
        try adoptDefault(SupportedContent.self, document.defaults?.supportedContent, "supportedContent", stamp)
        let (settings, profiles) = (self[.messagingSetting], self[.supportedContent])
        try adopt(integrations, "integrations", \.id, stamp) { integration throws(FieldError) in
            guard let profile = integration.supportedContent?.id, profiles[profile] != nil else {
                throw FieldError(reason: .constraint("must be that of a profile of the document")).within("id")
                    .within("supportedContent")
            }
            if let setting = integration.messagingSetting?.id, settings[setting] == nil {
                throw FieldError(reason: .constraint("must be that of a setting of the document")).within("id")
                    .within("messagingSetting")
            }
            integration.selfUri = OpenIntegrationRecord.selfUri(integration.id)
        }
        for client in clients {
            try checkRoom(.clients, stamp)
            try client.name.checkAsLine()
            put(.oauthClient, client.id, client.json, stamp)
        }
    }

    private mutating func adopt<R: Resource>(
        _ objects: [R],
        _ list: String,
        _ id: KeyPath<R, String>,
        _ stamp: Stamp,
        _ prepare: (inout R) throws(FieldError) -> Void
    ) throws(APIError) {
        for (index, object) in objects.enumerated() {
            var object = object
            let id = object[keyPath: id]
            let isKnown = self[R.kind][id] != nil
            try Self.at(list, index) { () throws(FieldError) in
                try prepare(&object)
                if isKnown { throw FieldError.repeated }
            }
            let json = object.json
            let entry = Entry(id: id, json: json, bytes: json.bytes)
            try Self.at(list, index) { () throws(FieldError) in
                if entry.bytes.count > R.mostBytes {
                    throw FieldError(reason: .constraint("must not take more than \(R.mostBytes) bytes"))
                }
            }
            try checkRoom(.objects, stamp)
            put(R.kind, entry, json, stamp)
        }
    }

    private mutating func adoptDefault<R: Resource>(
        _ type: R.Type,
        _ id: String?,
        _ name: String,
        _ stamp: Stamp
    ) throws(APIError) {
        guard let id else { return }
        guard self[R.kind][id] != nil else {
            throw APIError(
                FieldError(reason: .constraint("must be an id of the document")).within(name).within("defaults")
            )
        }
        _ = try setDefault(R.self, id, stamp)
    }

    private static func check(_ id: String, _ name: String, _ version: Int) throws(FieldError) {
        func at(_ member: String, _ check: () throws(FieldError) -> Void) throws(FieldError) {
            do {
                try check()
            } catch {
                throw error.within(member)
            }
        }
        try at("id") { () throws(FieldError) in try ExportCheck.id(id) }
        try at("name") { () throws(FieldError) in try ExportCheck.name(name) }
        try at("version") { () throws(FieldError) in try ExportCheck.version(version) }
    }

    private static func at(_ list: String, _ index: Int, _ body: () throws(FieldError) -> Void) throws(APIError) {
        do {
            try body()
        } catch {
            throw APIError(error.within(index: index).within(list))
        }
    }
}

extension FieldError {
    /// An id stands in a list a second time.
    static var repeated: FieldError {
        FieldError(reason: .constraint("must be unique in its list")).within("id")
    }
}
