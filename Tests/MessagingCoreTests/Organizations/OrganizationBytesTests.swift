import Foundation
import MessagingContract
import Synchronization
import Testing

@testable import MessagingCore

/// An organization with its history takes a limited number of bytes.
@Suite struct OrganizationBytesTests {
    private static let limit = 200_000

    /// The time, moved by hand.
    private final class Clock: Sendable {
        private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        var now: Date { time.withLock { $0 } }
        var surroundings: Surroundings { Surroundings(now: { _ in self.now }) }
        func advance(days: Double) { time.withLock { $0 += days * 86_400 } }
    }

    private struct World {
        let base: Fixture
        let store: InterceptedStore
        let organizations: Organizations
        let clock = Clock()
        var id: String { base.id }

        init(_ limits: OrganizationLimits = OrganizationLimits(bytes: limit)) async throws {
            base = try await Fixture()
            store = InterceptedStore(base.store)
            organizations = Organizations(
                store: store,
                limits: limits,
                sweepTime: .distantFuture,
                surroundings: clock.surroundings
            )
            // What made the organization is out of the way.
            _ = try await base.store.dropChanges(of: base.id, HistoryCut(keeping: 0), limit: 100)
        }

        @discardableResult
        func create(_ number: Int, by author: Author = .sample()) async throws(APIError) -> String {
            try await organizations.change(id, by: author) { (draft) throws(APIError) in
                let name = String(repeating: "n", count: 200)
                return try draft.create(MessagingSetting.self, MessagingSettingRequest(name: name)).id
            }
        }

        func rename(_ setting: String, _ name: String) async throws(APIError) {
            try await organizations.change(id, by: .sample()) { (draft) throws(APIError) in
                _ = try draft.update(MessagingSetting.self, setting, MergePatch(["name": .string(name)]))
            }
        }

        func delete(_ setting: String) async throws(APIError) {
            try await organizations.change(id, by: .sample()) { (draft) throws(APIError) in
                try draft.delete(MessagingSetting.self, setting)
            }
        }

        /// Creates settings until one is refused, and returns their ids.
        func fill() async throws -> [String] {
            var made: [String] = []
            do {
                while true { made.append(try await create(made.count)) }
            } catch {
                #expect(error == .quotaExceeded("bytes of objects and their history", limit: limit))
            }
            return made
        }

        func size() async throws -> OrganizationSize { try #require(try await base.store.size(of: id)) }

        func changes() async throws -> Int {
            let all = ChangeSelection(kinds: Kind.shownNames, upTo: .max)
            return try await base.store.changes(of: id, all, offset: 0, limit: 1).total
        }
    }

    @Test func youngChangesAtTheLimitRefuseWritesButNotDeletions() async throws {
        let world = try await World()
        let made = try await world.fill()
        #expect(made.count > 50)
        let full = try await world.size()
        #expect((Self.limit - 2_000...Self.limit).contains(full.total))
        #expect(try await world.changes() == made.count)
        await #expect(throws: APIError.self) { try await world.rename(made[0], "m") }
        // A revocation, a deletion and the server's own changes need no room.
        let revision = try await world.base.stored().revision
        try await world.organizations.change(world.id, by: .sample()) { draft in
            draft.revoke(token: [1])
        }
        #expect(try await world.size() == full)
        try await world.create(0, by: .server("administration", contextID: "x"))
        #expect(try await world.size().total > Self.limit)
        for setting in made.prefix(30) { try await world.delete(setting) }
        #expect(try await world.base.stored().revision == revision + 32)
        // Deleting made room at once, and nothing young was dropped for it.
        try await world.create(0)
        #expect(try await world.changes() == made.count + 32)
    }

    @Test func theOldestChangesAreDroppedBeforeAWriteIsRefused() async throws {
        let world = try await World()
        let setting = try await world.create(0)
        for number in 0..<100 { try await world.rename(setting, "old \(number)") }
        let old = try await world.changes()
        world.clock.advance(days: 8)
        var young = 0
        do {
            while true {
                try await world.rename(setting, "young \(young)")
                young += 1
            }
        } catch {
            #expect(error == .quotaExceeded("bytes of objects and their history", limit: Self.limit))
        }
        // All that was old had to go, and all that is young is there.
        #expect(young > 50 && old > 100)
        #expect(try await world.changes() == young)
        #expect(try await world.size().total <= Self.limit)
        world.clock.advance(days: 7.1)
        try await world.rename(setting, "later")
        #expect(try await world.changes() < young)
    }

    @Test func anOrganizationAboveTheLimitIsServedAndDeletionsMakeRoom() async throws {
        let roomy = try await World(OrganizationLimits())
        var settings: [String] = []
        for number in 0..<300 { settings.append(try await roomy.create(number)) }
        let organizations = Organizations(
            store: roomy.base.store,
            limits: OrganizationLimits(bytes: Self.limit),
            sweepTime: .distantFuture,
            surroundings: Surroundings(now: { [clock = roomy.clock] _ in clock.now + 30 * 86_400 })
        )
        #expect(try await organizations.snapshot(of: roomy.id)?[.messagingSetting].count == 300)
        let create: @Sendable () async throws -> Void = {
            _ = try await organizations.create("n", in: roomy.id, once: nil)
        }
        // The records alone take more than the limit.
        let limit = APIError.quotaExceeded("bytes of objects and their history", limit: Self.limit)
        await #expect(throws: limit) { try await create() }
        #expect(try await roomy.changes() == 0)
        for setting in settings {
            try await organizations.change(roomy.id, by: .sample()) { (draft) throws(APIError) in
                try draft.delete(MessagingSetting.self, setting)
            }
            if (try? await create()) != nil { break }
        }
        let size = try #require(try await roomy.base.store.size(of: roomy.id))
        #expect((Self.limit - 2_000...Self.limit).contains(size.total))
    }

    /// Once by the load, and once by the writes.
    @Test func theSizeIsReadOnceAndFollowsCommitsAndDrops() async throws {
        let world = try await World(OrganizationLimits())
        for number in 0..<20 { try await world.create(number) }
        #expect(world.store.accesses["size(of:)"] == 2)
        #expect(world.store.drops == [])
        try await world.organizations.sweepHistory(HistoryLimits(changes: 5, minimumDays: 0))
        for number in 0..<20 { try await world.create(number) }
        #expect(world.store.accesses["size(of:)"] == 3)
    }

    @Test func othersAreServedWhileHistoryIsDropped() async throws {
        let world = try await World()
        let other = try await world.organizations.create(name: "Other", by: .sample()).id
        let setting = try await world.create(0)
        for number in 0..<100 { try await world.rename(setting, "old \(number)") }
        world.clock.advance(days: 8)
        // The limit is so much lower now that all of it has to go.
        let organizations = Organizations(
            store: world.store,
            limits: OrganizationLimits(bytes: 20_000),
            sweepTime: .distantFuture,
            surroundings: world.clock.surroundings
        )
        async let one = organizations.create("n", in: world.id, once: nil)
        async let two = organizations.create("n", in: other, once: nil)
        _ = try await (one, two)
        #expect(world.store.drops.allSatisfy { $0 <= 200 })
        #expect(world.store.drops.reduce(0, +) > 80)
    }

    @Test func youngChangesAreNotDroppedForTheirNumber() async throws {
        let world = try await World()
        for number in 0..<20 { try await world.create(number) }
        try await world.organizations.sweepHistory(HistoryLimits(changes: 0))
        #expect(try await world.changes() == 20)
        world.clock.advance(days: 6.9)
        try await world.create(20)
        try await world.organizations.sweepHistory(HistoryLimits(changes: 0))
        #expect(try await world.changes() == 21)
        world.clock.advance(days: 0.2)
        try await world.organizations.sweepHistory(HistoryLimits(changes: 0))
        #expect(try await world.changes() == 1)
    }

    /// The clock of the sweeps counts, which does not jump.
    @Test func aClockThatJumpsDropsNothing() async throws {
        let world = try await World()
        let start = world.clock.now
        _ = try await world.fill()
        let changes = try await world.changes()
        try await world.organizations.sweepHistory(HistoryLimits(), at: start)
        world.clock.advance(days: 500)
        await #expect(throws: APIError.self) { try await world.create(0) }
        #expect(try await world.changes() == changes)
    }
}
