import Foundation
import MessagingCore
import Testing

@Suite struct TokenTests {
    private static func token(_ number: UInt8, expires: Double, scopes: [String] = ["messaging"]) -> StoredToken {
        StoredToken(
            digest: [UInt8](repeating: number, count: 32),
            organization: "o1",
            client: "c1",
            scopes: scopes,
            expires: Date(timeIntervalSince1970: expires)
        )
    }

    @Test(arguments: Engine.all) func aTokenComesBackExpiredOrNot(engine: Engine) async throws {
        let tokens = [
            Self.token(0, expires: 1), Self.token(255, expires: 4_000_000_000, scopes: []),
            Self.token(7, expires: 9, scopes: ["messaging", "messaging:readonly", "a b", "é"]),
        ]
        try await engine.withStore { store throws in
            for token in tokens { try await store.insert(token) }
            for token in tokens { #expect(try await store.token(digest: token.digest)?.token == token) }
            #expect(try await store.token(digest: [UInt8](repeating: 1, count: 32)) == nil)
            #expect(try await store.token(digest: []) == nil)
        }
    }

    @Test(arguments: Engine.all) func aTokenIsStoredOnce(engine: Engine) async throws {
        try await engine.withStore { store throws in
            try await store.insert(Self.token(1, expires: 10))
            await #expect(throws: StoreError.self) { try await store.insert(Self.token(1, expires: 20)) }
            let stored = try await store.token(digest: [UInt8](repeating: 1, count: 32))
            #expect(stored?.token == Self.token(1, expires: 10))
        }
    }

    @Test(arguments: Engine.all) func aTokenMovesNoRevision(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([.put("o1", from: 0)])
            try await store.insert(Self.token(1, expires: 10))
            #expect(try await store.load("o1")?.revision == 1)
            #expect(try await store.changes(of: "o1", after: 0, limit: 5)?.count == 1)
        }
    }

    @Test(arguments: Engine.all) func aTokenComesWithTheRevisionOfItsOrganization(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let token = Self.token(1, expires: 10)
            try await store.insert(token)
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
            for token in [first, second] { try await store.insert(token) }
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

    @Test(arguments: Engine.all) func theSweepIsBoundedAndExact(engine: Engine) async throws {
        try await engine.withStore { store throws in
            for number: UInt8 in 1...9 { try await store.insert(Self.token(number, expires: Double(number) * 10)) }
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
