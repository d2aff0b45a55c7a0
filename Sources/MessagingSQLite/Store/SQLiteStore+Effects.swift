public import Foundation
import GRDB
public import MessagingCore

/// Leases of effects. Only one process has the database, so an effect that another process has leased was left by a process that has ended.
extension SQLiteStore {
    public func leaseEffects(
        dueAt moment: Date,
        longestDelay: Double,
        limit: Int
    ) throws(StoreError) -> [LeasedEffect] {
        let now = moment.milliseconds
        do {
            return try write { db in
                let leased = try effects(
                    dueAt: now,
                    EffectLease.milliseconds(longestDelay),
                    limit: max(0, limit),
                    in: db
                )
                for effect in leased {
                    try db.cachedStatement(
                        sql: """
                            UPDATE effect SET attempts = attempts + 1, leased_by = ?, leased_until_ms = ?
                            WHERE organization = ? AND kind = ? AND object = ?
                            """
                    ).execute(arguments: [
                        leaseholder, EffectLease.end(ofLease: Int64(effect.attempts - 1), from: now),
                        effect.organization,
                        effect.effect.key.kind.rawValue, effect.effect.key.object,
                    ])
                }
                return (leased, commit: !leased.isEmpty)
            }
        } catch {
            throw .unavailable(cause: error.cause)
        }
    }

    public func finishEffect(_ key: Effect.Key, of organization: String) throws(StoreError) {
        guard Text.isStorable(organization), Text.isStorable(key.kind.rawValue), Text.isStorable(key.object) else {
            return
        }
        do {
            try write { db in ((), commit: try delete(key, of: organization, in: db)) }
        } catch {
            throw .unavailable(cause: error.cause)
        }
    }

    /// Stores the effects of a commit, leased by this process. An existing effect gets the new due time.
    func keep(_ effects: [Effect], of organization: String, in db: Database) throws {
        for effect in effects {
            let due = effect.due.milliseconds
            try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO effect (
                        organization, kind, object, due_ms, attempts, leased_by, leased_until_ms
                    ) VALUES (?, ?, ?, ?, 1, ?, ?)
                    """
            ).execute(arguments: [
                organization, try Text.checked(effect.key.kind.rawValue), try Text.checked(effect.key.object), due,
                leaseholder, EffectLease.end(ofLease: 1, from: due),
            ])
        }
    }

    /// Deletes an effect. Returns whether it existed.
    @discardableResult
    func delete(_ key: Effect.Key, of organization: String, in db: Database) throws -> Bool {
        try db.cachedStatement(sql: "DELETE FROM effect WHERE organization = ? AND kind = ? AND object = ?")
            .execute(arguments: [organization, key.kind.rawValue, key.object])
        return db.changesCount > 0
    }

    private func effects(
        dueAt now: Int64,
        _ longestDelay: Int64,
        limit: Int,
        in db: Database
    ) throws -> [LeasedEffect] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT organization, kind, object, due_ms, attempts FROM effect INDEXED BY effect_due
                WHERE due_ms <= ?1 AND \(Self.isFree)
                UNION ALL
                SELECT organization, kind, object, due_ms, attempts FROM effect INDEXED BY effect_due
                WHERE due_ms > ?2 AND \(Self.isFree)
                ORDER BY due_ms LIMIT ?5
                """
        )
        let latest = EffectLease.sum(now, longestDelay)
        let end = EffectLease.sum(latest, EffectLease.longest)
        let rows = try Row.fetchCursor(statement, arguments: [now, latest, leaseholder, end, limit])
        var effects: [LeasedEffect] = []
        while let row = try rows.next() {
            let key = Effect.Key(EffectKind(rawValue: try row.text(1)), try row.text(2))
            // An effect that is due after the longest delay is due now.
            let due = Date(timeIntervalSince1970: Double(min(try row.integer(3), now)) / 1_000)
            effects.append(
                LeasedEffect(
                    organization: try row.text(0),
                    effect: Effect(key, due: due),
                    attempts: Int(try row.integer(4)) + 1
                )
            )
        }
        return effects
    }

    /// Selects the effects that no other server has: the lease is of another process, has ended, or is from before the clock was set back.
    private static let isFree = "(leased_by <> ?3 OR leased_until_ms <= ?1 OR leased_until_ms > ?4)"
}
