import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the operations on messaging settings, in both families of paths.
    mutating func addMessagingSettings(_ organizations: Organizations) {
        for family in [MessagingSettingEndpoints.deprecated, .current] {
            add(family.resource, organizations)
            on(family.getDefault) { (_, _, _, caller) throws(APIError) in
                Reply(caller.organization.getDefault(MessagingSetting.self))
            }
            on(family.setDefault) { (_, request, call, caller) throws(APIError) in
                let author = caller.author(of: family.setDefault.operation, call)
                return Reply(
                    try await organizations.change(caller.organization.id, by: author) {
                        (draft, stamp) throws(APIError) in
                        try draft.setDefault(MessagingSetting.self, request.settingId, stamp)
                    }
                )
            }
            on(family.clearDefault) { (_, _, call, caller) throws(APIError) in
                let author = caller.author(of: family.clearDefault.operation, call)
                try await organizations.change(caller.organization.id, by: author) { draft, stamp in
                    draft.clearDefault(MessagingSetting.self, stamp)
                }
                return Reply()
            }
        }
    }

    /// Answers the operations on supported content profiles, in both families of paths.
    mutating func addSupportedContent(_ organizations: Organizations) {
        let current = SupportedContentEndpoints.current
        add(SupportedContentEndpoints.deprecated.resource, organizations)
        add(current.resource, organizations)
        on(current.getDefault) { (_, _, _, caller) throws(APIError) in
            guard let entry = caller.organization.getDefault(SupportedContent.self) else { throw .notFound }
            return Reply(entry)
        }
        on(current.setDefault) { (_, reference, call, caller) throws(APIError) in
            let author = caller.author(of: current.setDefault.operation, call)
            return Reply(
                try await organizations.change(caller.organization.id, by: author) { (draft, stamp) throws(APIError) in
                    try draft.setDefault(SupportedContent.self, reference.id, stamp)
                }
            )
        }
    }
}
