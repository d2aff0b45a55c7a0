import Foundation
import MessagingCore
import Testing

@Suite struct IdempotencyRecordTests {
    private static func record(_ id: String, version: Int = 1, expires seconds: Double = 10) -> IdempotencyRecord {
        IdempotencyRecord(
            id: id,
            request: "r",
            kind: .setting,
            object: "o-\(id)",
            version: version,
            expires: Date(timeIntervalSince1970: seconds)
        )
    }

    private static func commit(
        _ organization: String = "o1",
        from base: Revision,
        _ records: [IdempotencyRecord]
    ) -> Commit {
        .step(organization, from: base, .sample(base + 1, id: "\(base)"), idempotency: records)
    }

    @Test(arguments: Engine.all) func recordsAreStoredWithTheirCommit(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let (a, b) = (Self.record("a", expires: 10.25), Self.record("b", version: 7))
            #expect(await store.commit([Self.commit(from: 0, [a, b])]) == [.committed])
            #expect(await store.commit([Self.commit(from: 7, [Self.record("c")])]) == [.conflict])
            #expect(Set(try await store.idempotencyRecords(of: "o1", ["a", "b", "c", "a\0"])) == [a, b])
            #expect(try await store.idempotencyRecords(of: "o2", ["a"]) == [])
            #expect(try await store.idempotencyRecords(of: "o1", []) == [])
            let again = Self.record("a", version: 2, expires: 99)
            #expect(await store.commit([Self.commit(from: 1, [again])]) == [.committed])
            #expect(try await store.idempotencyRecords(of: "o1", ["a"]) == [again])
        }
    }

    @Test(arguments: Engine.all) func theOldestRecordsBeyondTheLimitAreDeleted(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let records = (0..<IdempotencyRecord.limit).map { Self.record("\($0)", expires: Double($0)) }
            #expect(
                await store.commit([Self.commit(from: 0, records), Self.commit("o2", from: 0, [records[0]])])
                    == [.committed, .committed]
            )
            // One takes the place of another, and two are new.
            let newer = ["9", "x", "y"].map { Self.record($0, expires: 20_000) }
            #expect(await store.commit([Self.commit(from: 1, newer)]) == [.committed])
            let found = try await store.idempotencyRecords(of: "o1", ["0", "1", "2", "9", "x", "y"])
            #expect(Set(found.map(\.id)) == ["2", "9", "x", "y"])
            #expect(try await store.idempotencyRecords(of: "o2", ["0"]).count == 1)
        }
    }

    @Test(arguments: Engine.all) func theSweepIsBoundedAndExact(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let records = (1...9).map { Self.record("\($0)", expires: Double($0) * 10) }
            _ = await store.commit([Self.commit(from: 0, records), Self.commit("o2", from: 0, records)])
            func sweep(_ seconds: Double, limit: Int) async throws -> Int {
                let moment = Date(timeIntervalSince1970: seconds)
                return try await store.deleteIdempotencyRecords(of: "o1", expiredBefore: moment, limit: limit)
            }
            for limit in [0, -1] { #expect(try await sweep(70, limit: limit) == 0) }
            #expect(try await sweep(70, limit: 4) == 4)
            #expect(try await sweep(70, limit: 4) == 2)
            #expect(try await sweep(70, limit: 4) == 0)
            #expect(try await store.idempotencyRecords(of: "o1", records.map(\.id)).count == 3)
            #expect(try await store.idempotencyRecords(of: "o2", records.map(\.id)).count == 9)
            #expect(try await sweep(70.001, limit: 4) == 1)
        }
    }
}
