import MessagingContract

/// How much one organization may hold. Deleting makes room.
public struct OrganizationLimits: Hashable, Sendable {
    /// Objects that clients create, of all kinds together.
    public var objects: Int
    /// OAuth clients.
    public var clients: Int
    /// Bytes of records and history together, see ``OrganizationSize``.
    public var bytes: Int
    /// How much of its history it keeps.
    public var history: HistoryLimits

    /// The defaults, but for what is given.
    public init(
        objects: Int = 100_000,
        clients: Int = 10_000,
        bytes: Int = 64 << 20,
        history: HistoryLimits = HistoryLimits()
    ) {
        self.objects = objects
        self.clients = clients
        self.bytes = bytes
        self.history = history
    }

    /// The bytes up to which no history is dropped for its bytes: there has to be room for some writes before that is necessary.
    var comfortableBytes: Int { bytes - bytes / 16 }
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

extension Draft {
    /// Throws 400 `quota.exceeded` when there is no room for one more record.
    func checkRoom(_ quota: Quota) throws(APIError) {
        let limit = quota.limit(stamp.limits)
        let count = quota.kinds.reduce(0) { $0 + organization[$1].count }
        if count >= limit { throw .quotaExceeded(quota.name, limit: limit) }
    }
}
