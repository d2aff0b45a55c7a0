import Foundation
import MessagingContract
import Randomness
import Testing

@testable import MessagingCore

/// The history from nothing is the present, and the present taken back is nothing, after any operations.
@Suite struct ReplayTests {
    /// Random operations of every kind, the same for the same seed; refusals are as good as successes.
    private static func work(in base: Fixture, _ random: inout SplitMix) async throws {
        let organizations = base.organizations
        for number in 0..<400 {
            let deed = Int.random(in: 0..<12, using: &random)
            let pick = Int.random(in: 0..<1_000, using: &random)
            let version: Int? = Bool.random(using: &random) ? nil : 1 + pick % 5
            let settings = try await base.ids(of: .messagingSetting)
            let (setting, profiles) = (settings[pick % settings.count], try await base.ids(of: .supportedContent))
            let profile = profiles[pick % profiles.count]
            do throws(APIError) {
                if deed < 2 {
                    let kind = RecordKind.messagingSetting
                    _ = try await organizations.restore(
                        MessagingSetting.self,
                        setting,
                        version: version,
                        in: base.id,
                        by: .sample(kind.rawValue)
                    )
                } else if deed == 2 {
                    _ = try await organizations.restore(
                        SupportedContent.self,
                        profile,
                        version: version,
                        in: base.id,
                        by: .sample()
                    )
                } else if deed == 11 {
                    try await organizations.change(base.id, by: .sample()) { draft in
                        draft.revoke(token: [UInt8(pick % 256)])
                    }
                    let key = IdempotencyKey("\(number / 2)", client: "c", operation: "o", body: [])
                    _ = try await organizations.create("once", in: base.id, once: key)
                } else {
                    try await organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
                        try draft.run(deed, setting: setting, profile: profile, number: number)
                    }
                }
            } catch {
                #expect(error.status < 500)
            }
        }
    }

    @Test(arguments: [1, 2, 3]) func replayingTheHistoryGivesThePresent(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let base = try await Fixture()
        for name in ["a", "b", "c"] { try await base.create(name) }
        try await Self.work(in: base, &random)
        let stored = try #require(try await base.store.load(base.id))
        var records: [Key: [UInt8]] = [:]
        var last: (Revision, Int) = (0, 0)
        for change in try #require(try await base.store.changes(of: base.id, after: 0, limit: .max)) {
            #expect(last < (change.revision, change.position))
            last = (change.revision, change.position)
            #expect(records[Key(change)] == change.before)
            records[Key(change)] = change.after
        }
        #expect(last.0 == stored.revision)
        let present = Dictionary(uniqueKeysWithValues: stored.records.map { (Key(kind: $0.kind, id: $0.id), $0.bytes) })
        #expect(records == present)
        #expect(present.count > 10)
        let restored = try await base.organizations.snapshot(of: base.id)
        let loaded = try Organization(stored)
        for kind in Set(present.keys.map(\.kind)) {
            #expect(restored?[kind].entries.map(\.bytes) == loaded[kind].entries.map(\.bytes))
        }
    }

    /// Revocations have no records and are in no history; a snapshot gets them.
    @Test(arguments: [6, 7]) func aSnapshotIsBroughtForwardByAllLaterChanges(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let base = try await Fixture()
        for name in ["a", "b", "c"] { try await base.create(name) }
        try await Self.work(in: base, &random)
        let before = try #require(try await base.store.load(base.id))
        var records = Dictionary(uniqueKeysWithValues: before.records.map { (Key(kind: $0.kind, id: $0.id), $0.bytes) })
        try await base.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
            _ = try draft.createIntegration(.sample())
        }
        try await Self.work(in: base, &random)
        let after = try #require(try await base.store.load(base.id))
        let changes = try #require(try await base.store.changes(of: base.id, after: before.revision, limit: .max))
        for change in changes { records[Key(change)] = change.after }
        let present = Dictionary(uniqueKeysWithValues: after.records.map { (Key(kind: $0.kind, id: $0.id), $0.bytes) })
        #expect(records == present)
        #expect(changes.filter { $0.kind == .tokenRevocation }.count > 10)
        #expect(changes.allSatisfy { $0.isInternal == $0.kind.isInternal })
        #expect(Set(changes.map(\.revision)) == Set(before.revision + 1...after.revision))
    }

    @Test(arguments: [4, 5]) func undoingAllPagesOfTheHistoryLeavesNothing(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let base = try await Fixture()
        for name in ["a", "b", "c"] { try await base.create(name) }
        try await Self.work(in: base, &random)
        let stored = try #require(try await base.store.load(base.id))
        let shown = stored.records.filter { !$0.kind.isInternal }
        var records = Dictionary(uniqueKeysWithValues: shown.map { (Key(kind: $0.kind, id: $0.id), $0.bytes) })
        let all = ChangeSelection(kinds: Kind.shownNames, upTo: stored.revision)
        var offset = 0
        while true {
            let page = try await base.store.changes(of: base.id, all, offset: offset, limit: 37)
            for change in page.changes {
                #expect(records[Key(change)] == change.after)
                records[Key(change)] = change.before
            }
            offset += page.changes.count
            if page.changes.isEmpty {
                #expect(offset == page.total)
                break
            }
        }
        #expect(records.isEmpty)
    }

    private struct Key: Hashable {
        let kind: RecordKind
        let id: String

        init(kind: RecordKind, id: String) { (self.kind, self.id) = (kind, id) }
        init(_ change: Change) { self.init(kind: change.kind, id: change.id) }
    }
}

extension Fixture {
    /// The ids of all objects of a kind that there ever were, in the order in which they were made.
    fileprivate func ids(of kind: RecordKind) async throws -> [String] {
        let selection = ChangeSelection(kinds: [kind], upTo: .max)
        let changes = try await store.changes(of: id, selection, offset: 0, limit: .max).changes
        return changes.reversed().filter { $0.before == nil }.map(\.id)
    }
}

extension Draft {
    fileprivate mutating func run(
        _ deed: Int,
        setting: String,
        profile: String,
        number: Int
    ) throws(APIError) {
        let name = JSON.string("name \(number)")
        switch deed {
        case 3: _ = try create(MessagingSetting.self, MessagingSettingRequest(name: "\(number)"))
        case 4: _ = try create(SupportedContent.self, SupportedContentRequest(name: "\(number)"))
        case 5: _ = try update(MessagingSetting.self, setting, MergePatch(["name": name]))
        case 6: _ = try update(SupportedContent.self, profile, MergePatch(["name": name, "mediaTypes": nil]))
        case 7: try delete(MessagingSetting.self, setting)
        case 8: try delete(SupportedContent.self, profile)
        case 9: _ = try setDefault(SupportedContent.self, profile)
        case 10:
            if number % 2 == 0 {
                clearDefault(MessagingSetting.self)
            } else {
                _ = try setDefault(MessagingSetting.self, setting)
            }
        default: break
        }
    }
}
