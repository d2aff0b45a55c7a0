import Foundation
import MessagingCore
import Synchronization
import TestDatabase
import Testing

@testable import MessagingPostgres

/// What only PostgreSQL does: it refuses unsafe settings, loses connections, and is shared by servers.
@Suite struct PostgresTests {
    private static func refusal(_ address: DatabaseAddress) async -> String? {
        do {
            try await PostgresStore.open(address, logger: quiet).close()
            return nil
        } catch {
            return error.description
        }
    }

    private static func open(_ address: DatabaseAddress) async throws -> PostgresStore {
        try await PostgresStore.open(address, logger: quiet)
    }

    @Test(arguments: [
        ("-csynchronous_commit=off", "synchronous_commit is off, so a crash would lose commits"),
        ("-cdefault_transaction_read_only=on", "the database is read-only"),
    ]) func aDatabaseThatWouldLoseCommitsIsRefused(options: String, reason: String) async throws {
        try await withSchema(options) { address in
            let refusal = try #require(await Self.refusal(address))
            #expect(refusal.hasSuffix(": \(reason)"))
            #expect(!refusal.contains("\n"))
        }
    }

    @Test func aDatabaseThatIsAwayIsRefusedInOneLine() async throws {
        let address = try DatabaseAddress("host=/nowhere dbname=m user=u password=hidden-word")
        let refusal = try #require(await Self.refusal(address))
        #expect(refusal.hasPrefix("cannot open the PostgreSQL database m on /nowhere: "))
        #expect(!refusal.contains("\n") && !refusal.contains("hidden-word"))
        #expect(address.hasPassword)
    }

    @Test func aTextThatIsNoAddressIsRefused() {
        #expect(throws: DatabaseAddress.Invalid.self) { try DatabaseAddress("postgresql://[host/m") }
        #expect(throws: DatabaseAddress.Invalid.self) { try DatabaseAddress("nothing") }
    }

    @Test func serversThatStartTogetherMakeOneStore() async throws {
        try await withSchema { address in
            let stores = try await withThrowingTaskGroup(of: PostgresStore.self) { group in
                for _ in 0..<8 { group.addTask { try await Self.open(address) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(stores.map(\.epoch)).count == 1)
        }
    }

    @Test func aNewerSchemaIsRefused() async throws {
        try await withSchema { address in
            try await Self.open(address).close()
            let session = try Session(address, timeout: .seconds(30))
            try session.runScript("UPDATE store SET version = 999", within: .seconds(30))
            session.close()
            #expect(try #require(await Self.refusal(address)).contains("newer version (schema 999"))
        }
    }

    /// A restoration may be under way, which makes the tables itself.
    @Test func anOpenStoreMakesNoTables() async throws {
        let database = try TestDatabase()
        defer { try? database.drop() }
        let store = try await Self.open(database.address)
        try database.run("DROP SCHEMA \(database.name) CASCADE; CREATE SCHEMA \(database.name)")
        try Self.endOtherSessions(database.address)
        repeat { #expect(await store.commit(.put("o1", from: 0)) == .unavailable) } while store.canWrite
        let session = try Session(database.address, timeout: .seconds(30))
        let tables = Query(Statement("SELECT count(*) FROM pg_class WHERE oid = to_regclass('store')"))
        #expect(try session.run([tables], within: .seconds(30))[0].integer(0, 0) == 0)
        session.close()
    }

    @Test func changesWithTooManyBytesAreNotRead() async throws {
        try await withSchema { address in
            let store = try await Self.open(address)
            let text = String(repeating: "x", count: 9 << 20)
            for base in 0..<2 { #expect(await store.commit(.put("o1", from: Revision(base), text)) == .committed) }
            #expect(try await store.changes(of: "o1", after: 0, limit: 51) == nil)
            #expect(try await store.changes(of: "o1", after: 1, limit: 51)?.count == 1)
        }
    }

    /// Of commits of two servers from the same base, one is made.
    @Test func serversCommitInTurns() async throws {
        try await withSchema { address in
            let (one, other) = (try await Self.open(address), try await Self.open(address))
            #expect(await one.commit(.put("o1", from: 0, "first")) == .committed)
            #expect(await other.commit(.put("o1", from: 0, "lost")) == .conflict)
            async let left = one.commit(.put("o1", from: 1, "left"))
            async let right = other.commit(.put("o1", from: 1, "right"))
            let outcomes = await [left, right]
            #expect(outcomes.filter { $0 == .committed }.count == 1)
            #expect(outcomes.filter { $0 == .conflict }.count == 1)
            #expect(try await one.text("o1") == (outcomes[0] == .committed ? "left" : "right"))
            #expect(try await other.load("o1") == one.load("o1"))
        }
    }

    @Test func aConnectionThatWasClosedIsReplaced() async throws {
        try await withSchema { address in
            let store = try await PostgresStore.open(address, connections: 1, logger: quiet)
            #expect(await store.commit(.put("o1", from: 0)) == .committed)
            try Self.endOtherSessions(address)
            #expect(await store.commit(.put("o1", from: 1, "again")) == .committed)
            try Self.endOtherSessions(address)
            #expect(try await store.text("o1") == "again")
        }
    }

    /// A commit that waits for a lock is lost with its connection.
    @Test func aCommitIsLookedUpWhenItsConnectionIsLost() async throws {
        try await withSchema { address in
            let store = try await Self.open(address)
            #expect(await store.commit(.put("o1", from: 0, "old")) == .committed)
            let other = try Session(address, timeout: .seconds(30))
            try other.runScript("BEGIN; SELECT FROM organization FOR UPDATE", within: .seconds(30))
            // A commit waits for seconds only, and a busy machine may see it too late.
            var commit = Self.started(.put("o1", from: 1, "lost"), store)
            while try await !Self.isWaiting(address, until: commit.isDone) {
                #expect(await commit.outcome.value == .unavailable)
                commit = Self.started(.put("o1", from: 1, "lost"), store)
            }
            try Self.endOtherSessions(address, but: other)
            try other.runScript("COMMIT", within: .seconds(30))
            #expect(await commit.outcome.value == .unavailable)
            #expect(try await store.text("o1") == "old")
            #expect(await store.commit(.put("o1", from: 1, "next")) == .committed)
        }
    }

    /// Starts a commit.
    private static func started(
        _ commit: Commit,
        _ store: PostgresStore
    ) -> (outcome: Task<CommitOutcome, Never>, isDone: @Sendable () -> Bool) {
        let done = Done()
        let outcome = Task {
            defer { done.isDone.withLock { $0 = true } }
            return await store.commit(commit)
        }
        return (outcome, { done.isDone.withLock { $0 } })
    }

    private final class Done: Sendable {
        let isDone = Mutex(false)
    }

    /// Waits until a session waits for a lock, and returns true. Returns false if `isDone` comes first. It looks in a session of its own, since
    /// a transaction sees one state of the sessions only.
    private static func isWaiting(
        _ address: DatabaseAddress,
        until isDone: @Sendable () -> Bool
    ) async throws -> Bool {
        let session = try Session(address, timeout: .seconds(30))
        defer { session.close() }
        let waiting = Query(
            Statement(
                """
                SELECT count(*) FROM pg_stat_activity WHERE application_name = current_setting('application_name')
                    AND cardinality(pg_blocking_pids(pid)) > 0
                """
            )
        )
        while !isDone() {
            if try session.run([waiting], within: .seconds(30))[0].integer(0, 0) > 0 { return true }
            await Task.yield()
        }
        return false
    }

    /// What was looked up and not found can no longer be made.
    @Test(arguments: [Revision(0), 1]) func aLookUpEndsACommit(base: Revision) async throws {
        try await withSchema { address in
            let store = try await Self.open(address)
            if base > 0 { #expect(await store.commit(.put("o1", from: 0, "old")) == .committed) }
            let (made, late) = (Commit.put("o1", from: base, "made"), Commit.put("o1", from: base, "late"))
            let outcomes = try await store.writing { (session) throws(SessionError) -> [CommitOutcome] in
                let lookedUp = try session.lookUp(late, id: "late")
                if case .committed? = try? session.commit(late, id: "late", leaseholder: "l") { return [] }
                guard case .committed = try session.commit(made, id: "made", leaseholder: "l") else { return [] }
                return [lookedUp, try session.lookUp(made, id: "made")]
            }
            #expect(outcomes == [.unavailable, .committed])
            #expect(try await store.text("o1") == "made")
        }
    }

    @Test func aCommitBeforeTheLogOfCommitsIsUnknown() async throws {
        try await withSchema { address in
            let store = try await Self.open(address)
            #expect(await store.commit(.put("o1", from: 0)) == .committed)
            let change = Change.sample(2_000)
            let leap = Commit(organization: "o1", base: 1, revision: 2_000, changes: [change])
            #expect(await store.commit(leap) == .committed)
            let outcome = try await store.writing { (session) throws(SessionError) -> CommitOutcome in
                try session.lookUp(.put("o1", from: 0), id: "forgotten")
            }
            #expect(outcome == .unknown)
        }
    }

    /// A statement that is refused ends its transaction, and nothing else.
    @Test func aRefusedReadLeavesTheConnectionUsable() async throws {
        try await withSchema { address in
            let store = try await PostgresStore.open(address, connections: 1, logger: quiet)
            await #expect(throws: StoreError.unavailable(cause: "division by zero (22012)")) {
                try await store.reading { (session) throws(SessionError) in
                    _ = try session.read([Query(Statement("SELECT 1 / 0"))])
                }
            }
            #expect(try await store.organizations() == [])
            #expect(await store.commit(.put("o1", from: 0)) == .committed)
            #expect(store.canWrite)
        }
    }

    @Test func callsFailAtOnceDuringAnOutageAndSucceedAfterwards() async throws {
        let database = try TestDatabase()
        defer { try? database.drop() }
        let role = "r" + UUID().uuidString.lowercased().filter { $0 != "-" }
        try database.run("CREATE ROLE \(role) LOGIN SUPERUSER")
        let store = try await PostgresStore.open(database.address(for: role), logger: quiet)
        #expect(await store.commit(.put("o1", from: 0)) == .committed)
        try database.run("ALTER ROLE \(role) NOLOGIN")
        try Self.endOtherSessions(database.address)
        // A session that is lost is noticed when it is used.
        repeat { #expect(await store.commit(.put("o1", from: 1)) == .unavailable) } while store.canWrite
        #expect(await store.commit(.put("o1", from: 1)) == .unavailable)
        try database.run("ALTER ROLE \(role) LOGIN")
        while await store.commit(.put("o1", from: 1, "again")) != .committed { await Task.yield() }
        #expect(try await store.text("o1") == "again")
        #expect(store.canWrite)
        store.close()
        await #expect(throws: StoreError.unavailable(cause: "the store is closed")) {
            try await store.organizations()
        }
    }

    /// Ends the other sessions of a schema, which all have its name.
    private static func endOtherSessions(_ address: DatabaseAddress, but kept: Session? = nil) throws {
        let session = try kept ?? Session(address, timeout: .seconds(30))
        try session.runScript(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()
            """,
            within: .seconds(30)
        )
    }
}
