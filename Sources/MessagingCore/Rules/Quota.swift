import MessagingContract

/// Which records count together against which limit.
struct Quota: Sendable {
    let name: String
    let kinds: [RecordKind]
    let limit: @Sendable (OrganizationLimits) -> Int

    static let objects = Quota(name: "objects", kinds: [.messagingSetting, .supportedContent, .openIntegration]) {
        $0.objects
    }
    static let clients = Quota(name: "OAuth clients", kinds: [.oauthClient]) { $0.clients }
}

extension Draft {
    /// Throws 400 `quota.exceeded` when there is no room for one more record.
    func checkRoom(_ quota: Quota) throws(APIError) {
        let limit = quota.limit(stamp.limits)
        let count = quota.kinds.reduce(0) { $0 + organization[$1].count }
        if count >= limit { throw .quotaExceeded(quota.name, limit: limit) }
    }
}
