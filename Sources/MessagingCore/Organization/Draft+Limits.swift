import MessagingContract

extension Quota {
    /// The kinds whose records count against the quota.
    fileprivate var kinds: [RecordKind] { Self.kinds[self] ?? [] }

    private static let kinds = Kind.all.reduce(into: [Quota: [RecordKind]]()) { kinds, kind in
        if let quota = kind.quota { kinds[quota, default: []].append(kind.name) }
    }
}

extension Draft {
    /// Throws 400 `quota.exceeded` if there is no room for one more record of a kind.
    func checkRoom(for kind: RecordKind) throws(APIError) {
        guard let quota = Kind[kind].quota else { return }
        let limit = quota.limit(stamp.limits)
        let count = quota.kinds.reduce(0) { $0 + organization[$1].count }
        if count >= limit { throw .quotaExceeded(quota.name, limit: limit) }
    }
}

extension Entry {
    /// Throws 400 `constraint.validation` if the record has more bytes than its kind allows.
    func checkSize(of kind: RecordKind) throws(APIError) {
        let limit = Kind[kind].mostBytes
        if bytes.count > limit { throw .objectTooLarge(limit: limit) }
    }
}
