public import Foundation
public import MessagingCore

extension PostgresStore {
    private static let lease = Statement(
        """
        WITH due AS (
            SELECT organization, kind, object FROM effect
            WHERE due_ms <= $1 AND (leased_until_ms <= $1 OR leased_until_ms > $3)
            ORDER BY due_ms LIMIT $4 FOR UPDATE SKIP LOCKED
        ), late AS (
            SELECT organization, kind, object FROM effect
            WHERE due_ms > $2 AND (leased_until_ms <= $1 OR leased_until_ms > $3)
            ORDER BY due_ms LIMIT $4 FOR UPDATE SKIP LOCKED
        ), chosen AS (SELECT * FROM (TABLE due UNION ALL TABLE late) AS free LIMIT $4)
        UPDATE effect SET attempts = effect.attempts + 1, leased_by = $6,
            leased_until_ms = $1 + least($7 << least(greatest(effect.attempts - 1, 0), $8)::int, $5)
        FROM chosen
        WHERE effect.organization = chosen.organization AND effect.kind = chosen.kind AND effect.object = chosen.object
        RETURNING effect.organization, effect.kind, effect.object, least(effect.due_ms, $1), effect.attempts
        """
    )

    public func leaseEffects(
        dueAt moment: Date,
        longestDelay: Double,
        limit: Int
    ) async throws(StoreError) -> [LeasedEffect] {
        let now = moment.milliseconds
        let latest = EffectLease.sum(now, EffectLease.milliseconds(longestDelay))
        let end = EffectLease.sum(latest, EffectLease.longest)
        let leaseholder = leaseholder
        let leased = try await write {
            [
                Query(
                    Self.lease,
                    [
                        .integer(now), .integer(latest), .integer(end), .integer(Int64(max(0, limit))),
                        .integer(EffectLease.longest), .text(leaseholder),
                        .integer(EffectLease.shortest), .integer(EffectLease.mostDoublings),
                    ]
                )
            ]
        } _: { (results) throws(StoreError) in
            var effects: [LeasedEffect] = []
            for row in 0..<results[0].count {
                let key = try Effect.Key(EffectKind(rawValue: results[0].text(row, 1)), results[0].text(row, 2))
                let due = Date(timeIntervalSince1970: Double(try results[0].integer(row, 3)) / 1_000)
                effects.append(
                    LeasedEffect(
                        organization: try results[0].text(row, 0),
                        effect: Effect(key, due: due),
                        attempts: Int(try results[0].integer(row, 4))
                    )
                )
            }
            return effects
        }
        return leased.sorted { $0.effect.due < $1.effect.due }
    }

    /// Another server may have leased the effect meanwhile.
    private static let finish = Statement(
        "DELETE FROM effect WHERE organization = $1 AND kind = $2 AND object = $3 AND leased_by = $4"
    )

    public func finishEffect(_ key: Effect.Key, of organization: String) async throws(StoreError) {
        guard [organization, key.kind.rawValue, key.object].allSatisfy(Text.isStorable) else { return }
        let leaseholder = leaseholder
        try await write {
            [
                Query(
                    Self.finish,
                    [.text(organization), .text(key.kind.rawValue), .text(key.object), .text(leaseholder)]
                )
            ]
        } _: { _ in
        }
    }
}
