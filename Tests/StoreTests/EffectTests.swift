import Foundation
import MessagingCore
import MessagingSQLite
import Testing

@Suite struct EffectTests {
    private static let kind = EffectKind(rawValue: "work")

    private static func key(_ object: String) -> Effect.Key { Effect.Key(kind, object) }

    private static func moment(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    /// A commit with effects that are due at so many seconds.
    private static func commit(
        of organization: String = "o1",
        from base: Revision = 0,
        _ effects: [(String, Double)],
        settled: [String] = []
    ) -> Commit {
        .step(
            organization,
            from: base,
            .sample(base + 1, id: "\(base)"),
            effects: effects.map { Effect(key($0.0), due: moment($0.1)) },
            settledEffects: settled.map(key)
        )
    }

    private static func leased(_ object: String, due: Double, attempts: Int, _ organization: String = "o1")
        -> LeasedEffect
    {
        LeasedEffect(organization: organization, effect: Effect(key(object), due: moment(due)), attempts: attempts)
    }

    @Test(arguments: Engine.all) func effectsAreStoredWithTheirCommitAndLeasedByItsProcess(engine: Engine) async throws
    {
        try await engine.withStore { store throws in
            #expect(await store.commit([Self.commit([("a", 100), ("b", 90)])]) == [.committed])
            #expect(await store.commit([Self.commit(from: 7, [("c", 1)])]) == [.conflict])
            #expect(try await store.leaseEffects(dueAt: Self.moment(149), longestDelay: 3_600, limit: 9) == [])
            #expect(
                try await store.leaseEffects(dueAt: Self.moment(160), longestDelay: 3_600, limit: 9) == [
                    Self.leased("b", due: 90, attempts: 2), Self.leased("a", due: 100, attempts: 2),
                ]
            )
        }
    }

    @Test(arguments: Engine.all) func noOtherProcessGetsAnEffectBeforeItsLeaseEnds(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([Self.commit([("a", 10), ("b", 11), ("c", 12)])])
            let first = try await store.leaseEffects(dueAt: Self.moment(100), longestDelay: 3_600, limit: 2)
            #expect(first.map(\.effect.key.object) == ["a", "b"])
            let second = try await store.leaseEffects(dueAt: Self.moment(100), longestDelay: 3_600, limit: 2)
            #expect(second.map(\.effect.key.object) == ["c"])
            #expect(try await store.leaseEffects(dueAt: Self.moment(159), longestDelay: 3_600, limit: 9) == [])
            let again = try await store.leaseEffects(dueAt: Self.moment(160), longestDelay: 3_600, limit: 9)
            #expect(again.map(\.attempts) == [3, 3, 3])
        }
    }

    @Test(arguments: Engine.all) func aSettledOrFinishedEffectIsGone(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([Self.commit([("a", 0), ("b", 0), ("c", 0)]), Self.commit(of: "o2", [("a", 0)])])
            #expect(await store.commit([Self.commit(from: 1, [], settled: ["a", "none"])]) == [.committed])
            try await store.finishEffect(Self.key("b"), of: "o1")
            try await store.finishEffect(Self.key("b"), of: "o1")
            try await store.finishEffect(Self.key("\0"), of: "o1")
            let left = try await store.leaseEffects(dueAt: Self.moment(99), longestDelay: 3_600, limit: 9)
            #expect(Set(left) == [Self.leased("c", due: 0, attempts: 2), Self.leased("a", due: 0, attempts: 2, "o2")])
        }
    }

    @Test(arguments: Engine.all) func anEffectOfAnObjectThatHasOneIsDueAnew(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([Self.commit([("a", 10)])])
            _ = await store.commit([Self.commit(from: 1, [("a", 500)])])
            #expect(try await store.leaseEffects(dueAt: Self.moment(499), longestDelay: 3_600, limit: 9) == [])
            #expect(
                try await store.leaseEffects(dueAt: Self.moment(560), longestDelay: 3_600, limit: 9) == [
                    Self.leased("a", due: 500, attempts: 2)
                ]
            )
        }
    }

    /// A moment that is further away than the longest delay is of another delay, or from before the clock was set back.
    @Test func aProcessLeavesItsEffectsToTheNext() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let before = try SQLiteStore.open(path: path, logger: quiet)
            _ = await before.commit([Self.commit([("a", 100), ("late", 5_000_000)])])
            await before.close()
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(
                try await store.leaseEffects(dueAt: Self.moment(99), longestDelay: 3_600, limit: 9) == [
                    Self.leased("late", due: 99, attempts: 2)
                ]
            )
            // The clock is set back once more, by more than any lease takes.
            #expect(
                try await store.leaseEffects(dueAt: Self.moment(-90_000), longestDelay: 3_600, limit: 9) == [
                    Self.leased("a", due: -90_000, attempts: 2), Self.leased("late", due: -90_000, attempts: 3),
                ]
            )
            await store.close()
        }
    }
}
