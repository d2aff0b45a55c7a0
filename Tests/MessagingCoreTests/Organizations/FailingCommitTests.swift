import MessagingContract
import MessagingCore
import Synchronization
import Testing

/// With a store that fails its n-th commit, in each way it can fail, no response reports a change or a refusal that did not happen.
@Suite struct FailingCommitTests {
    enum Failure: CaseIterable, Sendable {
        case conflict, unavailable, unknownAndWritten, unknownAndNotWritten

        func commit(_ commit: Commit, to store: any Store) async -> CommitOutcome {
            switch self {
            case .conflict: return .conflict
            case .unavailable: return .unavailable
            case .unknownAndNotWritten: return .unknown
            case .unknownAndWritten:
                _ = await store.commit(commit)
                return .unknown
            }
        }
    }

    /// The request of a client and its response.
    struct Exchange: Sendable {
        let context: String
        let kind: Kind
        let target: String
        /// The revision of the draft from which the response was computed.
        let revision: Revision
        let result: Result<Entry?, APIError>

        enum Kind: CaseIterable, Sendable { case create, rename, choose, clear, delete }
    }

    @Test(arguments: Failure.allCases)
    func noResponseReportsAChangeThatDidNotHappen(_ failure: Failure) async throws {
        var number = 1
        while try await run(failing: number, failure) { number += 1 }
        #expect(number > 3, "the workload commits too rarely to prove anything")
    }

    /// Runs the workload once. Returns false if it ended before the commit that should fail.
    private func run(failing: Int, _ failure: Failure) async throws -> Bool {
        let base = try await Fixture()
        let seeds = [try await base.create("a").id, try await base.create("b").id]
        let store = InterceptedStore(base.store) { number, commit, store in
            if number == failing { return await failure.commit(commit, to: store) }
            await Task.yield()
            return await store.commit(commit)
        }
        let organizations = Organizations(store: store)
        let exchanges = await withTaskGroup(of: [Exchange].self) { group in
            for client in 0..<8 {
                group.addTask { await Self.work(client, seeds, organizations, base.id) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        try await check(exchanges, base, organizations)
        return store.commitCalls >= failing
    }

    private static func work(
        _ client: Int,
        _ seeds: [String],
        _ organizations: Organizations,
        _ id: String
    ) async -> [Exchange] {
        var exchanges: [Exchange] = []
        for step in 0..<6 {
            let kind = Exchange.Kind.allCases[(client + step) % 5]
            let target = seeds[(client * 7 + step) % 2]
            let author = Author.sample()
            let result: Result<Entry?, APIError>
            let seen = Mutex<Revision>(0)
            do throws(APIError) {
                let entry: Entry? = try await organizations.change(id, by: author) { (draft) throws(APIError) in
                    seen.withLock { $0 = draft.organization.revision }
                    switch kind {
                    case .create: return try draft.create(MessagingSetting.self, .init(name: "\(client)"))
                    case .rename:
                        return try draft.update(MessagingSetting.self, target, .init(["name": "x"]))
                    case .choose: return try draft.setDefault(MessagingSetting.self, target)
                    case .clear: draft.clearDefault(MessagingSetting.self)
                    case .delete: try draft.delete(MessagingSetting.self, target)
                    }
                    return nil
                }
                result = .success(entry)
            } catch {
                result = .failure(error)
            }
            let revision = seen.withLock { $0 }
            exchanges.append(
                Exchange(context: author.contextID, kind: kind, target: target, revision: revision, result: result)
            )
        }
        return exchanges
    }

    private func check(_ exchanges: [Exchange], _ base: Fixture, _ organizations: Organizations) async throws {
        let history = try #require(try await base.store.changes(of: base.id, after: 0, limit: 10_000))
        let byContext = Dictionary(grouping: history, by: \.author.contextID)
        /// The value of an object in the durable history at the revision from which a response was computed.
        func isDefault(_ id: String, at revision: Revision) -> Bool {
            let last = history.last {
                $0.kind == .defaultObject && $0.revision <= revision && $0.id == "messagingSetting"
            }
            return last?.after.flatMap { try? JSON(parsing: $0)["name"]?.string } == id
        }
        func isGone(_ id: String, at revision: Revision) -> Bool {
            history.last { $0.kind == .messagingSetting && $0.id == id && $0.revision <= revision }?.after == nil
        }
        for exchange in exchanges {
            let changes = byContext[exchange.context] ?? []
            switch exchange.result {
            case .success(let entry?) where exchange.kind == .create || exchange.kind == .rename:
                #expect(changes.last?.after == entry.bytes)
            case .success where exchange.kind == .delete:
                #expect(changes.contains { $0.id == exchange.target && $0.after == nil })
            case .success(let entry?):
                #expect(isDefault(entry.id, at: changes.first?.revision ?? exchange.revision))
            case .success:
                #expect(
                    changes.isEmpty
                        ? !isDefault(exchange.target, at: exchange.revision) : changes.allSatisfy { $0.after == nil }
                )
            case .failure(let error) where error.status == 404:
                #expect(isGone(exchange.target, at: exchange.revision) && changes.isEmpty)
            case .failure(let error) where error.status == 400:
                #expect(isDefault(exchange.target, at: exchange.revision) && changes.isEmpty)
            case .failure(let error):
                #expect(error.status == 503)
                if error.message == APIError.serviceUnavailable.message { #expect(changes.isEmpty) }
            }
        }
        let published = try #require(try await organizations.snapshot(of: base.id))
        let stored = try await base.stored()
        #expect(published.revision == stored.revision)
        #expect(Array(published[.messagingSetting].entries) == Array(stored[.messagingSetting].entries))
        #expect(published.getDefault(MessagingSetting.self) == stored.getDefault(MessagingSetting.self))
    }
}

@Suite struct IdempotencyAfterFailureTests {
    @Test func aRetryAfterAnUnknownOutcomeFindsTheFirstObject() async throws {
        let base = try await Fixture()
        let store = InterceptedStore(base.store) { number, commit, store in
            let outcome = await store.commit(commit)
            return number == 1 ? .unknown : outcome
        }
        let organizations = Organizations(store: store)
        let key = IdempotencyKey("k", client: "c", operation: "o", body: [1])
        let create: @Sendable () async throws -> Entry = {
            try await organizations.create("n", in: base.id, once: key)
        }
        let error = await #expect(throws: APIError.self) { try await create() }
        #expect(error?.status == 503)
        let retried = try await create()
        let stored = try await base.stored()
        #expect(Array(stored[.messagingSetting].entries) == [retried])
    }
}
