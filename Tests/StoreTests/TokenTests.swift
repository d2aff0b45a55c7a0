import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

@Suite struct TokenTests {
    private static func token(
        _ number: UInt8,
        expires: Double,
        scopes: [String] = ["messaging"],
        client: String = "c1",
        in organization: String = "o1"
    ) -> StoredToken {
        StoredToken(
            digest: [UInt8](repeating: number, count: 32),
            organization: organization,
            client: client,
            scopes: scopes,
            expires: Date(timeIntervalSince1970: expires)
        )
    }

    @Test(arguments: Engine.all) func aTokenIsReadExpiredOrNot(engine: Engine) async throws {
        let tokens = [
            Self.token(0, expires: 1), Self.token(255, expires: 4_000_000_000, scopes: []),
            Self.token(7, expires: 9, scopes: ["messaging", "messaging:readonly", "a b", "é"]),
        ]
        try await engine.withStore { store throws in
            for token in tokens { try await store.keep(token) }
            for token in tokens { #expect(try await store.token(digest: token.digest)?.token == token) }
            #expect(try await store.token(digest: [UInt8](repeating: 1, count: 32)) == nil)
            #expect(try await store.token(digest: []) == nil)
        }
    }

    @Test(arguments: Engine.all) func aTokenIsStoredOnce(engine: Engine) async throws {
        try await engine.withStore { store throws in
            try await store.keep(Self.token(1, expires: 10))
            await #expect(throws: StoreError.self) { try await store.keep(Self.token(1, expires: 20)) }
            let stored = try await store.token(digest: [UInt8](repeating: 1, count: 32))
            #expect(stored?.token == Self.token(1, expires: 10))
        }
    }

    @Test(arguments: Engine.all) func aTokenMovesNoRevision(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([.put("o1", from: 0)])
            try await store.keep(Self.token(1, expires: 10))
            #expect(try await store.load("o1")?.revision == 1)
            #expect(try await store.changes(of: "o1", after: 0, limit: 5)?.count == 1)
        }
    }

    @Test(arguments: Engine.all) func aTokenIsReadWithTheRevisionOfItsOrganization(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let token = Self.token(1, expires: 10)
            try await store.keep(token)
            #expect(try await store.token(digest: token.digest)?.revision == 0)
            for base: Revision in 0..<3 {
                #expect(
                    await store.commit([.put("o1", from: base), .put("o2", from: base)]) == [.committed, .committed]
                )
                #expect(try await store.token(digest: token.digest)?.revision == base + 1)
            }
        }
    }

    @Test(arguments: Engine.all) func aRevokedTokenIsDeletedWithItsCommit(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let (first, second) = (Self.token(1, expires: 10), Self.token(2, expires: 10))
            for token in [first, second] { try await store.keep(token) }
            func revoke(in organization: String, from base: Revision) -> Commit {
                let change = Change.sample(base + 1, id: "x", after: nil, isInternal: true)
                let digests = [first.digest, [UInt8](repeating: 9, count: 32)]
                return Commit(
                    organization: organization,
                    base: base,
                    revision: base + 1,
                    changes: [change],
                    revokedTokens: digests
                )
            }
            // Neither a commit that is refused, nor another organization ends the token.
            #expect(
                await store.commit([revoke(in: "o1", from: 7), revoke(in: "o2", from: 0)]) == [.conflict, .committed]
            )
            #expect(try await store.token(digest: first.digest)?.token == first)
            #expect(await store.commit([revoke(in: "o1", from: 0)]) == [.committed])
            #expect(try await store.token(digest: first.digest) == nil)
            #expect(try await store.token(digest: second.digest)?.token == second)
        }
    }

    @Test(arguments: Engine.all) func theUnexpiredTokensOfAClientAreLimited(engine: Engine) async throws {
        try await engine.withStore { store throws in
            func insert(
                _ number: UInt8,
                expires: Double,
                client: String = "c1",
                in organization: String = "o1",
                upTo most: Int = 3,
                at now: Double
            )
                async throws -> Bool
            {
                let token = Self.token(number, expires: expires, client: client, in: organization)
                return try await store.insert(token, upTo: most, at: Date(timeIntervalSince1970: now))
            }
            #expect(try await insert(1, expires: 10, at: 0))
            #expect(try await insert(2, expires: 20, at: 0))
            #expect(try await insert(3, expires: 30, at: 0))
            #expect(try await !insert(4, expires: 40, at: 0))
            #expect(try await !insert(4, expires: 40, at: 9.9))
            #expect(try await store.token(digest: [UInt8](repeating: 4, count: 32)) == nil)
            #expect(try await insert(5, expires: 40, client: "c2", at: 0))
            #expect(try await insert(6, expires: 40, in: "o2", at: 0))
            // The first has expired, whether or not it is still there.
            #expect(try await insert(7, expires: 40, at: 10))
            #expect(try await !insert(8, expires: 40, at: 10))
            // Another limit counts at once.
            #expect(try await insert(8, expires: 40, upTo: 4, at: 10))
            #expect(try await !insert(9, expires: 50, upTo: 2, at: 20))
            // After the clock was set back, the expired ones count again.
            #expect(try await !insert(9, expires: 50, upTo: 5, at: 0))
            let revocation = Commit(
                organization: "o1",
                base: 0,
                revision: 1,
                changes: [.sample(1, id: "x", after: nil, isInternal: true)],
                revokedTokens: [[UInt8](repeating: 7, count: 32)]
            )
            #expect(await store.commit([revocation]) == [.committed])
            #expect(try await insert(9, expires: 50, upTo: 5, at: 0))
            #expect(try await !insert(10, expires: 50, upTo: 5, at: 0))
        }
    }

    @Test func theTokensOfAClientAreCountedAfterARestart() async throws {
        try await withDirectory { directory in
            let path = directory + "/messaging.sqlite"
            let now = Date(timeIntervalSince1970: 0)
            for round: UInt8 in 0..<3 {
                let store = try SQLiteStore.open(path: path, logger: quiet)
                let token = Self.token(round, expires: 10)
                #expect(try await store.insert(token, upTo: 2, at: now) == (round < 2))
                await store.close()
            }
        }
    }

    /// A look at the digests and the index only, which grows with the limit and not with the store.
    @Test func countingTokensReadsTheIndexOnly() async throws {
        let store = try SQLiteStore.inMemory(logger: quiet)
        for number: UInt8 in 0..<200 {
            let owner = number < 100 ? "c1" : "c2"
            try await store.keep(Self.token(number, expires: 10, client: owner))
        }
        let plan = try await store.access { db in
            try String.fetchAll(
                db,
                sql:
                    "EXPLAIN QUERY PLAN SELECT 1 FROM token WHERE organization = 'o1' AND client = 'c1' AND expires > 1 LIMIT 5",
                adapter: SuffixRowAdapter(fromIndex: 3)
            )
        }
        #expect(plan == ["SEARCH token USING COVERING INDEX token_client (organization=? AND client=? AND expires>?)"])
    }

    @Test(arguments: Engine.all) func theSweepIsBoundedAndExact(engine: Engine) async throws {
        try await engine.withStore { store throws in
            for number: UInt8 in 1...9 { try await store.keep(Self.token(number, expires: Double(number) * 10)) }
            let moment = Date(timeIntervalSince1970: 70)
            #expect(try await store.deleteTokens(expiredBefore: moment, limit: 0) == 0)
            #expect(try await store.deleteTokens(expiredBefore: moment, limit: -1) == 0)
            #expect(try await store.deleteTokens(expiredBefore: moment, limit: 4) == 4)
            #expect(try await store.deleteTokens(expiredBefore: moment, limit: 4) == 2)
            #expect(try await store.deleteTokens(expiredBefore: moment, limit: 4) == 0)
            for number: UInt8 in 7...9 {
                #expect(try await store.token(digest: [UInt8](repeating: number, count: 32)) != nil)
            }
            #expect(try await store.deleteTokens(expiredBefore: moment.addingTimeInterval(0.5), limit: 4) == 1)
            #expect(try await store.deleteTokens(expiredBefore: .distantFuture, limit: .max) == 2)
        }
    }
}

extension Store {
    /// Stores a token of a client that may have as many as it likes.
    fileprivate func keep(_ token: StoredToken) async throws {
        #expect(try await insert(token, upTo: .max, at: .distantPast))
    }
}
