import MessagingContract
import Synchronization
import Testing

@testable import MessagingCore

/// Several servers with one store: what one has made durable, all others see from then on.
@Suite struct SharedStoreTests {
    /// A server with the store of a fixture, which other servers have, too.
    private struct Server {
        let store: InterceptedStore
        let organizations: Organizations
        let identity: Identity

        init(_ base: any Store, beforeChecks: @escaping @Sendable () async -> Void = {}) {
            store = InterceptedStore(sharing: base, beforeChecks: beforeChecks)
            organizations = Organizations(store: store)
            identity = Identity(organizations: organizations, lifetime: 3_600)
        }

        func create(_ name: String, in id: String) async throws(APIError) {
            _ = try await organizations.create(name, in: id, once: nil)
        }

        /// Returns the number of settings that a reader sees.
        func count(in id: String) async throws -> Int? {
            try await organizations.snapshot(of: id)?[.messagingSetting].count
        }

        /// The number of calls of the store that read an organization.
        var loads: Int { store.accesses["load(_:)"] ?? 0 }
        var checks: Int { store.accesses["revisions(of:)"] ?? 0 }
    }

    @Test func aReadSeesWhatAnotherServerHasWritten() async throws {
        let base = try await Fixture()
        let (one, other) = (Server(base.store), Server(base.store))
        for number in 1...5 {
            try await one.create("n", in: base.id)
            #expect(try await other.count(in: base.id) == number)
            #expect(try await one.count(in: base.id) == number)
        }
        // A snapshot is brought forward by the changes.
        #expect(one.loads == 1 && other.loads == 1)
    }

    @Test func aWriteIsAppliedToWhatAnotherServerHasWritten() async throws {
        let base = try await Fixture()
        let (one, other) = (Server(base.store), Server(base.store))
        for _ in 0..<10 {
            try await one.create("n", in: base.id)
            try await other.create("n", in: base.id)
        }
        #expect(try await base.stored()[.messagingSetting].count == 20)
        #expect(try await base.stored().revision == 21)
    }

    @Test func anOrganizationOfAnotherServerIsFound() async throws {
        let base = try await Fixture()
        let server = Server(base.store)
        #expect(try await server.organizations.snapshot(of: "none") == nil)
        let id = try await Server(base.store).organizations.create(name: "n", by: .sample()).id
        #expect(try await server.count(in: id) == 0)
    }

    /// A request that comes while a check runs needs the next one, since the running one may have read the store before.
    @Test func manyRequestsShareTheNextCheck() async throws {
        let base = try await Fixture()
        let (begun, gate) = (Gate(), Gate())
        let server = Server(base.store) {
            await begun.open()
            await gate.wait()
        }
        let outcomes = Mutex<[Revision?]>([])
        func check() {
            server.organizations.check(base.id) { outcome in outcomes.withLock { $0.append(try? outcome.get()) } }
        }
        check()
        await begun.wait()
        for _ in 0..<50 { check() }
        await gate.open()
        while outcomes.withLock({ $0.count }) < 51 { await Task.yield() }
        #expect(outcomes.withLock { $0 } == Array(repeating: 1, count: 51))
        #expect(server.checks == 2)
    }

    /// The next check is for all that come until the outcomes of the last one were handled.
    @Test func aCheckThatIsHeldBeginsWhenItIsReleased() async throws {
        let base = try await Fixture()
        let server = Server(base.store)
        let outcomes = Mutex<[Revision?]>([])
        func check(holding: Bool) {
            server.organizations.check(base.id) { outcome in
                if holding { server.organizations.holdChecks() }
                outcomes.withLock { $0.append(try? outcome.get()) }
            }
        }
        check(holding: true)
        while outcomes.withLock({ $0.count }) < 1 { await Task.yield() }
        for _ in 0..<9 { check(holding: false) }
        #expect(server.organizations.releaseChecks())
        #expect(!server.organizations.releaseChecks())
        server.organizations.restartChecks()
        while outcomes.withLock({ $0.count }) < 10 { await Task.yield() }
        #expect(server.checks == 2)
        check(holding: false)
        while outcomes.withLock({ $0.count }) < 11 { await Task.yield() }
        #expect(outcomes.withLock { $0 } == Array(repeating: 1, count: 11))
    }

    /// The age is the time since the beginning of the last check that found the snapshot current.
    @Test func aSnapshotHasAnAgeForTheTimeOfStaleReads() async throws {
        let base = try await Fixture()
        let time = Mutex(ContinuousClock.now)
        let organizations = Organizations(
            store: InterceptedStore(sharing: base.store),
            staleness: .seconds(5),
            surroundings: Surroundings(instant: { time.withLock { $0 } })
        )
        func pass(_ seconds: Int) { time.withLock { $0 += .seconds(seconds) } }
        #expect(organizations.age(of: base.id) == nil)
        _ = try await organizations.snapshot(of: base.id)
        pass(5)
        #expect(organizations.age(of: base.id) == .seconds(5))
        pass(1)
        #expect(organizations.age(of: base.id) == nil)
        try await base.create("n")
        _ = try await organizations.snapshot(of: base.id)
        pass(2)
        #expect(organizations.age(of: base.id) == .seconds(2))
        #expect(Organizations(store: InterceptedStore(sharing: base.store)).age(of: base.id) == nil)
    }

    @Test func withoutTheStoreNothingIsRead() async throws {
        let base = try await Fixture()
        let server = Server(base.store)
        #expect(try await server.count(in: base.id) == 0)
        server.store.failOnce("revisions(of:)", .unavailable(cause: "it is away"))
        let error = await #expect(throws: APIError.self) { try await server.count(in: base.id) }
        #expect(error?.status == 503)
        #expect(try await server.count(in: base.id) == 0)
    }

    /// A load that began before the check may end after it, with an older value.
    @Test func aLoadFromBeforeTheCheckIsNotEnough() async throws {
        let base = try await Fixture()
        let (begun, gate) = (Gate(), Gate())
        let store = InterceptedStore(
            sharing: base.store,
            afterLoads: {
                await begun.open()
                await gate.wait()
            }
        )
        let organizations = Organizations(store: store)
        let first = Task { try await organizations.snapshot(of: base.id)?.revision }
        await begun.wait()
        try await base.create("n")
        let second = Task { try await organizations.snapshot(of: base.id)?.revision }
        while store.accesses["revisions(of:)"] ?? 0 < 2 { await Task.yield() }
        await gate.open()
        #expect(try await second.value == 2)
        _ = try await first.value
    }

    @Test func aStoreThatNeverHasARevisionIsNotAskedForEver() async throws {
        let base = try await Fixture()
        let server = Server(base.store)
        let error = await #expect(throws: APIError.self) { try await server.organizations.current(base.id, from: 9) }
        #expect(error?.status == 503)
    }

    /// A failover or a restoration may have lost commits. What this server knows of them is forgotten.
    @Test(arguments: [(lost: Revision(1), era: "first"), (lost: 0, era: "second")])
    func aSnapshotOfLostCommitsIsForgotten(lost: Revision, era: String) async throws {
        let base = try await Fixture()
        let server = Server(base.store)
        try await server.create("n", in: base.id)
        #expect(try await server.count(in: base.id) == 1)
        #expect(server.loads == 1)
        server.store.lose(lost, era: era)
        #expect(try await server.count(in: base.id) == 1)
        #expect(server.loads == 2)
    }

    @Test func aRevocationAndADeletedClientCountOnAllServers() async throws {
        let base = try await Fixture()
        let registration = ClientRegistration(name: "n")
        try await base.organizations.register(registration, in: base.id, by: .sample())
        let client = AuthenticatedClient(
            id: registration.client.id,
            organization: base.id,
            scopes: registration.client.scopes
        )
        let (one, other) = (Server(base.store), Server(base.store))
        let tokens = [
            try await one.identity.issueToken(to: client, scope: nil).access_token,
            try await one.identity.issueToken(to: client, scope: nil).access_token,
        ]
        for token in tokens { #expect(try await other.identity.caller(token) != nil) }
        // A check may have found a revision that is not in memory.
        var last = LastToken()
        let (first, revision) = (Array(tokens[0].utf8), try await base.stored().revision)
        func isKnown(from revision: Revision) -> Bool {
            first.withUnsafeBytes { other.identity.knownCaller($0, after: &last, from: revision) != nil }
        }
        let (now, later) = (isKnown(from: revision), isKnown(from: revision + 1))
        #expect(now)
        #expect(!later)
        let digest = TokenDigest(of: tokens[0]).bytes
        try await one.organizations.change(base.id, by: .sample()) { $0.revoke(token: digest) }
        #expect(try await other.identity.caller(tokens[0]) == nil)
        #expect(try await other.identity.caller(tokens[1]) != nil)
        try await one.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
            try draft.deleteClient(client.id)
        }
        #expect(try await other.identity.caller(tokens[1]) == nil)
    }
}
