import MessagingContract
import MessagingCore
import Testing

@Suite struct GroupCommitTests {
    @Test func waitingWritesShareCommits() async throws {
        let gate = Gate()
        let base = try await Fixture()
        let store = InterceptedStore(base.store) { number, commits, store in
            if number == 1 { await gate.wait() }
            return await store.commit(commits)
        }
        let organizations = Organizations(store: store)
        let entries = try await withThrowingTaskGroup(of: Entry.self) { group in
            for number in 0..<65 {
                group.addTask {
                    try await organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
                        try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "\(number)"), stamp)
                    }
                }
            }
            while await organizations.waitingWrites < 64 { await Task.yield() }
            await gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(store.commitCalls <= 8)
        let stored = try await base.stored()
        #expect(stored.revision == 66)
        #expect(Set(entries.map(\.name)).count == 65)
        for entry in entries { #expect(try stored.get(MessagingSetting.self, entry.id) == entry) }
    }

    @Test func organizationsThatWaitTogetherShareACommitCall() async throws {
        let gate = Gate()
        let base = try await Fixture()
        let other = try await base.organizations.create(name: "Other", by: .sample())
        let store = InterceptedStore(base.store) { number, commits, store in
            if number == 1 { await gate.wait() }
            return await store.commit(commits)
        }
        let organizations = Organizations(store: store)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                let id = number % 2 == 0 ? base.id : other.id
                group.addTask {
                    _ = try await organizations.change(id, by: .sample()) { (draft, stamp) throws(APIError) in
                        try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "\(number)"), stamp)
                    }
                }
            }
            while await organizations.waitingWrites < 18 { await Task.yield() }
            await gate.open()
            try await group.waitForAll()
        }
        #expect(store.commitCalls <= 3)
        for id in [base.id, other.id] {
            let organization = try #require(try await organizations.snapshot(of: id))
            #expect(organization.list(MessagingSetting.self, try Paging()).total == 10)
        }
    }

    @Test func aRefusalAfterAnUncommittedChangeWaitsForIt() async throws {
        let gate = Gate()
        let base = try await Fixture()
        let setting = try await base.create("n")
        let store = InterceptedStore(base.store) { number, commits, store in
            if number <= 2 { await gate.wait() }
            return number == 2 ? commits.map { _ in .unavailable } : await store.commit(commits)
        }
        let organizations = Organizations(store: store)
        async let first = organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "first"), stamp)
        }
        while store.commitCalls == 0 { await Task.yield() }
        let chosen = Task {
            try await organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
                try draft.setDefault(MessagingSetting.self, setting.id, stamp)
            }
        }
        while await organizations.waitingWrites < 1 { await Task.yield() }
        let deleted = Task {
            try await organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
                try draft.delete(MessagingSetting.self, setting.id, stamp)
            }
        }
        while await organizations.waitingWrites < 2 { await Task.yield() }
        await gate.open()
        _ = try await first
        // The default was never set, so the refusal "it is the default" would have been a lie.
        await #expect(throws: APIError.serviceUnavailable.caused(by: "the store is not available")) {
            _ = try await chosen.value
        }
        await #expect(throws: APIError.serviceUnavailable.caused(by: "the store is not available")) {
            try await deleted.value
        }
    }

    @Test func nothingIsVisibleBeforeItIsDurable() async throws {
        let gate = Gate()
        let base = try await Fixture()
        let store = InterceptedStore(base.store) { _, commits, store in
            await gate.wait()
            return await store.commit(commits)
        }
        let organizations = Organizations(store: store)
        async let created = organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "n"), stamp)
        }
        while store.commitCalls == 0 { await Task.yield() }
        #expect(try await organizations.snapshot(of: base.id)?.list(MessagingSetting.self, Paging()).total == 0)
        await gate.open()
        let entry = try await created
        #expect(try await organizations.snapshot(of: base.id)?.get(MessagingSetting.self, entry.id) == entry)
    }

    @Test func anotherServersCommitIsAppliedTo() async throws {
        let base = try await Fixture()
        let other = Organizations(store: base.store)
        _ = try await other.snapshot(of: base.id)
        let first = try await base.create("first")
        let second = try await other.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "second"), stamp)
        }
        let stored = try await base.stored()
        #expect(stored.revision == 3)
        #expect(Array(stored[.messagingSetting].entries) == [first, second])
    }

    @Test func tooManyWaitingWritesAreRefusedAndTheOthersAreMade() async throws {
        let gate = Gate()
        let base = try await Fixture()
        let store = InterceptedStore(base.store) { number, commits, store in
            if number == 1 { await gate.wait() }
            return await store.commit(commits)
        }
        let organizations = Organizations(store: store)
        let create: @Sendable () async throws(APIError) -> Void = { () async throws(APIError) in
            _ = try await organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
                try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "n"), stamp)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await create() }
            while store.commitCalls == 0 { await Task.yield() }
            for _ in 0..<Organizations.mostWaiting { group.addTask { try await create() } }
            while await organizations.waitingWrites < Organizations.mostWaiting { await Task.yield() }
            let error = await #expect(throws: APIError.self) { try await create() }
            #expect(error?.status == 503)
            #expect(error?.retryAfter == 1)
            await gate.open()
            try await group.waitForAll()
        }
        let total = try await base.stored().list(MessagingSetting.self, Paging()).total
        #expect(total == Organizations.mostWaiting + 1)
    }

    @Test func endlessConflictsEndIn503() async throws {
        let base = try await Fixture()
        let store = InterceptedStore(base.store) { _, commits, _ in commits.map { _ in .conflict } }
        let organizations = Organizations(store: store)
        let error = await #expect(throws: APIError.self) {
            try await organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
                try draft.revoke(tokenDigest: "d", expires: stamp.time, stamp)
            }
        }
        #expect(error?.status == 503)
        #expect(store.commitCalls <= 8)
    }

    @Test func aChangeOfNoOrganizationIsNotFound() async throws {
        let organizations = try await Fixture().organizations
        await #expect(throws: APIError.notFound) {
            try await organizations.change("none", by: .sample()) { draft, stamp in
                draft.clearDefault(MessagingSetting.self, stamp)
            }
        }
    }
}
