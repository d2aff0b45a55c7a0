public import MessagingCore

/// Leases of work that one server at a time does. The clock of the database decides when they end.
extension PostgresStore {
    private static let take = Statement(
        """
        INSERT INTO lease (name, holder, ends) VALUES ($1, $2, now() + $3 * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, ends = excluded.ends
        WHERE lease.holder = excluded.holder OR lease.ends <= now()
        """
    )
    private static let giveUp = Statement("DELETE FROM lease WHERE name = $1 AND holder = $2")

    /// Takes or renews a lease for this server. Returns false if another server has it. Throws if that is not known.
    public func takeLease(_ name: String, for time: Duration) async throws(StoreError) -> Bool {
        let milliseconds = Int64(clamping: (time / .milliseconds(1)).rounded(.up))
        let leaseholder = leaseholder
        return try await write {
            [Query(Self.take, [.text(name), .text(leaseholder), .integer(milliseconds)])]
        } _: { (results) throws(StoreError) in
            results[0].changedCount == 1
        }
    }

    /// Gives up a lease if this server has it.
    public func giveUpLease(_ name: String) async throws(StoreError) {
        let leaseholder = leaseholder
        try await write {
            [Query(Self.giveUp, [.text(name), .text(leaseholder)])]
        } _: { _ in
        }
    }
}
