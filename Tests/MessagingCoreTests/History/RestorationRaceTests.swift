import Foundation
import MessagingContract
import Synchronization
import Testing

@testable import MessagingCore

/// Changes by others between the read of the history and the rule.
@Suite struct RestorationRaceTests {
    /// A fixture that calls `meanwhile` after each read of the history.
    private static func fixture() async throws -> (base: Fixture, meanwhile: Meanwhile) {
        let meanwhile = Meanwhile()
        let base = try await Fixture { InterceptedStore($0, afterLooks: { await meanwhile.happen() }) }
        return (base, meanwhile)
    }

    @Test func anObjectRestoredAndDeletedMeanwhileGetsNoVersionTwice() async throws {
        let (base, meanwhile) = try await Self.fixture()
        let id = try await base.create("one").id
        try await base.delete(id)
        meanwhile.plan(times: 1) {
            try await base.restore(id)
            try await base.delete(id)
        }
        #expect(try await base.restore(id).version == 3)
        #expect(try await base.history(of: id).map(\.version) == [1, 1, 2, 2, 3])
    }

    @Test func anObjectDeletedMeanwhileIsRestored() async throws {
        let (base, meanwhile) = try await Self.fixture()
        let id = try await base.create("one").id
        for name in ["two", "three"] { try await base.rename(id, name) }
        meanwhile.plan(times: 1) { try await base.delete(id) }
        let back = try await base.restore(id, 1)
        #expect((back.name, back.version) == ("one", 4))
    }

    @Test func thePreviousVersionIsRelativeToTheObjectInTheRule() async throws {
        let (base, meanwhile) = try await Self.fixture()
        let id = try await base.create("one").id
        for name in ["two", "three"] { try await base.rename(id, name) }
        meanwhile.plan(times: 1) { try await base.rename(id, "four") }
        let back = try await base.restore(id)
        #expect((back.name, back.version) == ("three", 5))
    }

    @Test func aNamedVersionIsRestoredDespiteOtherChanges() async throws {
        let (base, meanwhile) = try await Self.fixture()
        let id = try await base.create("one").id
        try await base.rename(id, "two")
        meanwhile.plan(times: .max) { try await base.rename(id, "more") }
        let back = try await base.restore(id, 1)
        #expect(back.name == "one")
        #expect(meanwhile.count == 1)
    }

    @Test func anEndlessRaceEndsIn503AndChangesNothing() async throws {
        let (base, meanwhile) = try await Self.fixture()
        let id = try await base.create("one").id
        try await base.delete(id)
        meanwhile.plan(times: .max) {
            try await base.restore(id)
            try await base.delete(id)
        }
        let error = await #expect(throws: APIError.self) { try await base.restore(id) }
        #expect(error == .changedMeanwhile)
        #expect((error?.status, error?.retryAfter) == (503, 1))
        #expect(meanwhile.count == Organizations.looks)
        let versions = try await base.history(of: id).filter { $0.after != nil }.map(\.version)
        #expect(versions == Array(1...Organizations.looks + 1))
    }

    @Test func aRestorationInTheSameCommitIsSeen() async throws {
        let base = try await Fixture()
        let id = try await base.create("one").id
        try await base.delete(id)
        let entries = try await withThrowingTaskGroup(of: Entry.self) { group in
            for _ in 0..<20 { group.addTask { try await base.restore(id, 1) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.map(\.version).sorted() == Array(2...21))
    }

    /// A new server does not know the removals before its start. This does not bring a version back twice.
    @Test func anotherServersRemovalsAreSeen() async throws {
        let (base, meanwhile) = try await Self.fixture()
        let id = try await base.create("one").id
        try await base.delete(id)
        let other = Fixture(sharing: base)
        meanwhile.plan(times: 1) {
            try await other.restore(id)
            try await other.delete(id)
        }
        #expect(try await base.restore(id).version == 3)
        #expect(try await base.history(of: id).map(\.version) == [1, 1, 2, 2, 3])
    }
}

/// Makes so many changes in the name of others.
final class Meanwhile: Sendable {
    typealias Deed = @Sendable () async throws -> Void
    private let state = Mutex<(left: Int, deed: Deed, count: Int)>((0, {}, 0))

    /// How often it was done.
    var count: Int { state.withLock { $0.count } }

    func plan(times: Int, _ deed: @escaping Deed) { state.withLock { $0 = (times, deed, 0) } }

    /// Starts the work unless it is running.
    func happen() async {
        let (deed, left) = state.withLock { state -> (Deed?, Int) in
            guard state.left > 0 else { return (nil, 0) }
            let left = state.left - 1
            state.left = 0
            state.count += 1
            return (state.deed, left)
        }
        guard let deed else { return }
        do { try await deed() } catch { Issue.record(error) }
        state.withLock { $0.left = left }
    }
}

extension Fixture {
    /// Another server over the same store.
    init(sharing base: Fixture) {
        store = base.store
        id = base.id
        organizations = Organizations(store: base.store)
    }
}
