import MessagingContract

/// How much one organization may hold. Deleting makes room.
public struct OrganizationLimits: Hashable, Sendable {
    /// Objects that clients create, of all kinds together.
    public var objects: Int
    /// OAuth clients.
    public var clients: Int

    /// The defaults, but for what is given.
    public init(objects: Int = 100_000, clients: Int = 10_000) {
        self.objects = objects
        self.clients = clients
    }
}

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

extension Organization {
    /// Throws 400 `quota.exceeded` when there is no room for one more record.
    func checkRoom(_ quota: Quota, _ stamp: Stamp) throws(APIError) {
        let limit = quota.limit(stamp.limits)
        let count = quota.kinds.reduce(0) { $0 + self[$1].count }
        if count >= limit { throw .quotaExceeded(quota.name, limit: limit) }
    }
}
