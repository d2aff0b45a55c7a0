import Foundation
import MessagingContract
import Testing

@testable import MessagingCore

/// Heavy writes beside light ones.
@Suite(.generousLimit) struct HeavyWriteTests {
    private static let rename: Draft.Rule<Entry> = { (draft) throws(APIError) in
        try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "n"))
    }

    /// A profile with as many entries as one may have.
    private static func profile(in base: Fixture) async throws -> Entry {
        let types = (0..<MediaTypes.mostEntries).map {
            MediaType(type: "image/\(String(repeating: "x", count: 240))\($0)")
        }
        let request = SupportedContentRequest(
            name: "n",
            mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: types))
        )
        return try await base.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
            try draft.create(SupportedContent.self, request)
        }
    }

    @Test func aHeavyWriteDelaysNoOtherOrganization() async throws {
        let base = try await Fixture()
        let other = try await base.organizations.create(name: "Other", by: .sample()).id
        let (begun, mayEnd) = (Gate(), DispatchSemaphore(value: 0))
        let heavy = Task {
            try await base.organizations.change(base.id, by: .sample(), turn: Turn(bytes: 1 << 20)) {
                (draft) throws(APIError) in
                Task { await begun.open() }
                mayEnd.wait()
                return try Self.rename(&draft)
            }
        }
        await begun.wait()
        for _ in 0..<3 { _ = try await base.organizations.change(other, by: .sample(), Self.rename) }
        let behind = Task { try await base.organizations.change(base.id, by: .sample(), Self.rename) }
        while base.organizations.waitingWrites == 0 { await Task.yield() }
        #expect(try await base.stored().revision == 1)
        mayEnd.signal()
        let entries = try await [heavy.value, behind.value]
        #expect(try await base.stored().revision == 3)
        for entry in entries { #expect(try await base.stored()[.messagingSetting][entry.id] == entry) }
    }

    /// They came while the object was small.
    @Test func writesOfAnObjectThatBecameLargeShareNoCommit() async throws {
        let base = try await Fixture()
        let profile = try await Self.profile(in: base)
        let store = InterceptedStore(base.store)
        let organizations = Organizations(store: store)
        _ = try await organizations.snapshot(of: base.id)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    _ = try await organizations.change(
                        base.id,
                        by: .sample(),
                        turn: Turn(changing: (.supportedContent, profile.id))
                    ) { (draft) throws(APIError) in
                        let patch = try MergePatch<SupportedContentRequest>(["name": .string("n\(number)")])
                        return try draft.update(SupportedContent.self, profile.id, patch)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(store.commitCalls >= 20)
        #expect(try await base.stored().revision == 42)
    }

    /// A rule may write more bytes than its turn states.
    @Test func aRoundEndsAtTheActualCostOfItsWrites() async throws {
        let base = try await Fixture()
        let profile = try await Self.profile(in: base)
        let size = profile.bytes.count
        let held = Gate()
        let store = InterceptedStore(base.store) { number, commit, store in
            if number == 1 { await held.wait() }
            #expect(commit.changes.count <= 5)
            return await store.commit(commit)
        }
        let organizations = Organizations(store: store)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    _ = try await organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
                        let patch = try MergePatch<SupportedContentRequest>(["name": .string("n\(number)")])
                        return try draft.update(SupportedContent.self, profile.id, patch)
                    }
                }
            }
            while organizations.waitingWrites < 39 { await Task.yield() }
            await held.open()
            try await group.waitForAll()
        }
        #expect(size > 200_000)
        #expect(try await base.stored().revision == 42)
    }

    @Test func anOrganizationThatAnotherServerChangedIsBroughtForward() async throws {
        let base = try await Fixture()
        let store = InterceptedStore(base.store)
        let organizations = Organizations(store: store)
        _ = try await organizations.change(base.id, by: .sample(), Self.rename)
        #expect(store.accesses["load(_:)"] == 1)
        for _ in 0..<3 { _ = try await base.organizations.change(base.id, by: .sample(), Self.rename) }
        _ = try await base.organizations.change(base.id, by: .sample()) { draft in
            draft.revoke(token: [1])
        }
        _ = try await organizations.change(base.id, by: .sample(), Self.rename)
        #expect(store.accesses["load(_:)"] == 1)
        let (here, stored) = (try #require(try await organizations.snapshot(of: base.id)), try await base.stored())
        #expect(here.revision == stored.revision)
        #expect(here.tokenRevision == stored.revision - 1)
        #expect(Array(here[.messagingSetting].entries) == Array(stored[.messagingSetting].entries))
        let many = OrganizationLoader.mostChanges + 1
        for _ in 0..<many { _ = try await base.organizations.change(base.id, by: .sample(), Self.rename) }
        _ = try await organizations.change(base.id, by: .sample(), Self.rename)
        #expect(store.accesses["load(_:)"] == 2)
    }

    @Test func anIdempotencyKeyOutlivesAWallClockThatIsAhead() async throws {
        let base = try await Fixture()
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        func organizations(_ sweepTime: Date, now: Date) -> Organizations {
            Organizations(store: base.store, sweepTime: sweepTime, surroundings: Surroundings(now: { _ in now }))
        }
        let ahead = organizations(start, now: start + 2 * 86_400)
        let key = IdempotencyKey("k", client: "c", operation: "o", body: [])
        let made = try await organizations(start, now: start).create("n", in: base.id, once: key)
        #expect(try await ahead.create("n", in: base.id, once: key).id == made.id)
        let later = organizations(start + 2 * 86_400, now: start + 2 * 86_400)
        #expect(try await later.create("n", in: base.id, once: key).id != made.id)
    }
}
