import Foundation
import MessagingContract
import Testing

@testable import MessagingCore

/// Requests under idempotency keys, sent to the organizations directly.
@Suite struct RepetitionTests {
    private static func key(_ name: String, body: UInt8 = 0) -> IdempotencyKey {
        IdempotencyKey(name, client: "c", operation: "o", body: [body])
    }

    @Test func keysAreReadOncePerBatch() async throws {
        let base = try await Fixture()
        let store = InterceptedStore(base.store)
        let organizations = Organizations(store: store)
        for name in ["a", "b"] { _ = try await organizations.create(name, in: base.id, once: nil) }
        let name = "idempotencyRecords(of:_:)"
        #expect(store.accesses[name] == nil)
        let gate = Gate()
        let held = InterceptedStore(base.store) { number, commit, store in
            if number == 1 { await gate.wait() }
            return await store.commit(commit)
        }
        let others = Organizations(store: held)
        let entries = try await withThrowingTaskGroup(of: Entry.self) { group in
            group.addTask { try await others.create("first", in: base.id, once: nil) }
            while held.commitCalls == 0 { await Task.yield() }
            for number in 0..<30 {
                group.addTask { try await others.create("\(number % 3)", in: base.id, once: Self.key("\(number % 3)")) }
            }
            while others.waitingWrites < 30 { await Task.yield() }
            await gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(entries.map(\.id)).count == 4)
        #expect(held.accesses[name] == 1)
        #expect(try await base.stored()[.messagingSetting].count == 6)
    }

    @Test func ofTwoServersOnlyOneMakesTheObject() async throws {
        let base = try await Fixture()
        let other = Organizations(store: base.store)
        for number in 0..<20 {
            let key = Self.key("\(number)")
            async let first = base.organizations.create("n", in: base.id, once: key)
            async let second = other.create("n", in: base.id, once: key)
            let (one, two) = try await (first, second)
            #expect((one.id, one.bytes) == (two.id, two.bytes))
        }
        #expect(try await base.stored()[.messagingSetting].count == 20)
    }

    @Test func aRequestIsRepeatedAfterAStart() async throws {
        let base = try await Fixture()
        let first = try await base.organizations.create("n", in: base.id, once: Self.key("k"))
        try await base.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
            try draft.delete(MessagingSetting.self, first.id)
        }
        let next = Organizations(store: base.store)
        let second = try await next.create("n", in: base.id, once: Self.key("k"))
        #expect((second.id, second.bytes, second.tag) == (first.id, first.bytes, first.tag))
        await #expect(throws: APIError.idempotencyKeyReused) {
            try await next.create("n", in: base.id, once: Self.key("k", body: 1))
        }
        #expect(try await base.stored()[.messagingSetting].count == 0)
    }

    @Test func withoutTheKeysOfTheStoreNothingIsCreated() async throws {
        let base = try await Fixture()
        let store = InterceptedStore(base.store)
        store.failOnce("idempotencyRecords(of:_:)", .unavailable(cause: "test"))
        let organizations = Organizations(store: store)
        let error = await #expect(throws: APIError.self) {
            try await organizations.create("n", in: base.id, once: Self.key("k"))
        }
        #expect(error?.status == 503)
        #expect(store.commitCalls == 0)
        _ = try await organizations.create("n", in: base.id, once: Self.key("k"))
        #expect(try await base.stored()[.messagingSetting].count == 1)
    }
}
