import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// Tokens that are inserted at the same time share a transaction, and each has an outcome of its own.
@Suite struct SharedTokenTests {
    private static let now = Date(timeIntervalSince1970: 100)

    private static func token(
        _ number: Int,
        client: String = "c1",
        scope: String = "messaging",
        expires: Double = 200
    ) -> StoredToken {
        StoredToken(
            digest: (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 2 * 8)) },
            organization: "o1",
            client: client,
            scopes: [scope],
            expires: Date(timeIntervalSince1970: expires)
        )
    }

    private static func stored(_ tokens: [StoredToken], in store: SQLiteStore) async throws -> [StoredToken] {
        var stored: [StoredToken] = []
        for token in tokens where try await store.token(digest: token.digest) != nil { stored.append(token) }
        return stored
    }

    private func withStore(_ body: (SQLiteStore, String) async throws -> Void) async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            try await body(store, path)
            await store.close()
        }
    }

    @Test func tokensAndCommitsThatWaitShareATransaction() async throws {
        try await withStore { store, path throws in
            let results = await store.together(64) { number in
                if number.isMultiple(of: 2) {
                    await store.commit(.put("o\(number)", from: 0)) == .committed
                } else {
                    await store.result(of: Self.token(number)) == .success(true)
                }
            }
            #expect(results == [Bool](repeating: true, count: 64))
            #expect(try transactions(inLogOf: path) == 1)
        }
    }

    /// The first token of the client is expired by then. Another client's tokens do not count.
    @Test(arguments: [0, 3]) func aClientGetsAsManyTokensAsItHasRoomFor(used: Int) async throws {
        try await withStore { store, _ throws in
            let old = [Self.token(1_000, expires: 99)] + (0..<used).map { Self.token(1_001 + $0) }
            for token in old { #expect(try await store.insert(token, upTo: 10, at: Date(timeIntervalSince1970: 0))) }
            let tokens = (0..<64).map { Self.token($0, client: $0.isMultiple(of: 4) ? "c2" : "c1") }
            let results = await store.together(64) { await store.result(of: tokens[$0], upTo: 10) }
            let issued = zip(tokens, results).filter { $1 == .success(true) }.map(\.0)
            #expect(issued.count { $0.client == "c1" } == 10 - used)
            #expect(issued.count { $0.client == "c2" } == 10)
            #expect(results.count { $0 == .success(false) } == 64 - issued.count)
            #expect(try await Self.stored(tokens, in: store) == issued)
        }
    }

    @Test func aTokenThatCannotBeStoredFailsAlone() async throws {
        try await withStore { store, path throws in
            let tokens = [1, 2, 2, 3, 4].map { Self.token($0) } + [Self.token(5, client: "\0"), Self.token(6)]
            let results = await store.together(tokens.count) { await store.result(of: tokens[$0], upTo: 6) }
            #expect(results.map { try? $0.get() } == [true, true, nil, true, true, nil, true])
            #expect(try transactions(inLogOf: path) == 1)
            // The tokens that failed take no room.
            #expect(await store.result(of: Self.token(7), upTo: 6) == .success(true))
            #expect(await store.result(of: Self.token(8), upTo: 6) == .success(false))
        }
    }

    @Test func afterAFullDiskNoTokenIsStoredAndNoRoomIsLost() async throws {
        try await withStore { store, _ throws in
            let tokens = (0..<64).map { Self.token($0, scope: String(repeating: "s", count: 4_000)) }
            let pages = try await store.access { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
            try await store.access { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
            let refused = await store.together(64) { await store.result(of: tokens[$0], upTo: 64) }
            #expect(refused.allSatisfy { (try? $0.get()) == nil })
            #expect(try await Self.stored(tokens, in: store).isEmpty)
            try await store.access { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
            let results = await store.together(64) { await store.result(of: tokens[$0], upTo: 64) }
            #expect(results.allSatisfy { $0 == .success(true) })
            #expect(await store.result(of: Self.token(64), upTo: 64) == .success(false))
        }
    }

    /// The tokens get the same error as a commit whose outcome is unknown.
    @Test func anUnknownOutcomeIsThatOfAllTokens() async throws {
        try await withStore { store, path throws in
            #expect(await store.result(of: Self.token(100)) == .success(true))
            try FileManager.default.removeItem(atPath: path + "-wal")
            async let outcomes = store.together(64) { number in
                number == 5
                    ? await store.commit(.put("o1", from: 0)) == .unknown
                    : (try? await store.insert(Self.token(number), upTo: 100, at: Self.now)) == nil
            }
            #expect(await outcomes == [Bool](repeating: true, count: 64))
            #expect(!store.canWrite)
        }
    }

    @Test func aTokenIsStoredOrRefusedWhenTheStoreCloses() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            let tokens = (0..<64).map { Self.token($0) }
            #expect(await store.result(of: tokens[0]) == .success(true))
            let results = await store.together(64) { number in
                if number == 32 { await store.close() }
                return number == 0 ? .success(true) : await store.result(of: tokens[number])
            }
            let issued = zip(tokens, results).filter { $1 == .success(true) }.map(\.0)
            let again = try SQLiteStore.open(path: path, logger: quiet)
            #expect(try await Self.stored(tokens, in: again) == issued)
            await again.close()
        }
    }
}

extension SQLiteStore {
    /// Inserts a token, at a time before it expires.
    fileprivate func result(of token: StoredToken, upTo most: Int = 1_000) async -> Result<Bool, StoreError> {
        do throws(StoreError) {
            return .success(try await insert(token, upTo: most, at: Date(timeIntervalSince1970: 100)))
        } catch {
            return .failure(error)
        }
    }
}
