import MessagingContract

/// A limit that the records of some kinds count against together.
enum Quota: Hashable, Sendable {
    /// What clients create.
    case objects
    /// OAuth clients.
    case clients

    /// The name in errors.
    fileprivate var name: String {
        switch self {
        case .objects: "objects"
        case .clients: "OAuth clients"
        }
    }

    /// How many records there may be.
    fileprivate func limit(_ limits: OrganizationLimits) -> Int {
        switch self {
        case .objects: limits.objects
        case .clients: limits.clients
        }
    }

    /// The kinds whose records count.
    fileprivate var kinds: [RecordKind] { Self.kinds[self] ?? [] }

    private static let kinds = Kind.all.reduce(into: [Quota: [RecordKind]]()) { kinds, kind in
        if let quota = kind.quota { kinds[quota, default: []].append(kind.name) }
    }
}

extension Draft {
    /// Throws 400 `quota.exceeded` when there is no room for one more record of a kind.
    func checkRoom(for kind: RecordKind) throws(APIError) {
        guard let quota = Kind[kind].quota else { return }
        let limit = quota.limit(stamp.limits)
        let count = quota.kinds.reduce(0) { $0 + organization[$1].count }
        if count >= limit { throw .quotaExceeded(quota.name, limit: limit) }
    }
}
