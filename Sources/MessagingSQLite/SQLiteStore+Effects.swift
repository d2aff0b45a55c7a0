public import Foundation
import GRDB
public import MessagingCore

/// One process has the database, so an effect that is leased by another one was left by a process that has ended.
extension SQLiteStore {
    public func leaseEffects(dueAt moment: Date, limit: Int) throws(StoreError) -> [LeasedEffect] {
        let now = moment.milliseconds
        let latest = moment.addingTimeInterval(Effect.longestDelay).milliseconds
        do {
            return try write { db in
                let leased = try effects(dueAt: now, or: latest, limit: max(0, limit), in: db)
                for effect in leased {
                    try db.cachedStatement(
                        sql: """
                            UPDATE effect SET attempts = attempts + 1, leased_by = ?, leased_until_ms = ?
                            WHERE organization = ? AND kind = ? AND object = ?
                            """
                    ).execute(arguments: [
                        tenant, Self.end(ofLeaseFrom: now), effect.organization, effect.effect.key.kind.rawValue,
                        effect.effect.key.object,
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

    /// Stores the effects of a commit, leased by this process. An effect that is there already is due anew.
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
                tenant, Self.end(ofLeaseFrom: due),
            ])
        }
    }

    /// Deletes an effect; returns whether there was one.
    @discardableResult
    func delete(_ key: Effect.Key, of organization: String, in db: Database) throws -> Bool {
        try db.cachedStatement(sql: "DELETE FROM effect WHERE organization = ? AND kind = ? AND object = ?")
            .execute(arguments: [organization, key.kind.rawValue, key.object])
        return db.changesCount > 0
    }

    private func effects(dueAt now: Int64, or latest: Int64, limit: Int, in db: Database) throws -> [LeasedEffect] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT organization, kind, object, due_ms, attempts FROM effect INDEXED BY effect_due
                WHERE (due_ms <= ?1 OR due_ms > ?2) AND (leased_by <> ?3 OR leased_until_ms <= ?1)
                ORDER BY due_ms LIMIT ?4
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [now, latest, tenant, limit])
        var effects: [LeasedEffect] = []
        while let row = try rows.next() {
            let key = Effect.Key(EffectKind(rawValue: try row.text(1)), try row.text(2))
            // Due now, also when the stored moment is beyond the longest delay.
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

    private static func end(ofLeaseFrom moment: Int64) -> Int64 {
        let (end, overflows) = moment.addingReportingOverflow(Int64(Effect.leaseTime * 1_000))
        return overflows ? .max : end
    }
}

extension Date {
    fileprivate var milliseconds: Int64 { Int64(clamping: (timeIntervalSince1970 * 1_000).rounded()) }
}
