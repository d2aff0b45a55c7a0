import MessagingContract
import MessagingCore
import MessagingSQLite
import Testing

@Suite struct CompletionTests {
    private static func initiated(in organization: String, _ organizations: Organizations) async throws -> String {
        try await organizations.change(organization, by: .sample()) { (draft) throws(APIError) in
            let entry = try draft.createIntegration(.sample())
            return entry.id
        }
    }

    /// Whether the creation is complete before long.
    private static func completes(
        _ id: String,
        in organization: String,
        _ organizations: Organizations
    ) async throws -> Bool {
        for _ in 0..<6_000 {
            let snapshot = try #require(try await organizations.snapshot(of: organization))
            if snapshot[.initiatedIntegration][id] == nil { return snapshot[.openIntegration][id] != nil }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    /// A store that is away for a moment after the start, or an organization that cannot be read, leaves no other integration behind.
    @Test(
        arguments: ["organizations(having:)", "load(_:)"],
        [
            StoreError.unavailable(cause: "away"), StoreError.corrupt(cause: "broken"),
        ]
    )
    func whatWasLeftIsCompletedInSpiteOfFailures(_ method: String, _ error: StoreError) async throws {
        let base = try SQLiteStore.inMemory()
        let before = Organizations(store: base)
        var left: [(organization: String, integration: String)] = []
        for _ in 0..<2 {
            let organization = try await before.create(name: "o", by: .sample()).id
            left.append((organization, try await Self.initiated(in: organization, before)))
        }
        left.sort { $0.organization < $1.organization }
        let store = InterceptedStore(base)
        store.failOnce(method, error)
        let organizations = Organizations(store: store)
        var told: [Int] = []
        await OpenIntegrations(organizations: organizations, keys: SealingKeys()).completeWhatWasLeft {
            told.append($0.status)
        }
        let isAway = if case .unavailable = error { true } else { false }
        #expect(told == [isAway ? 503 : 500])
        guard isAway || method == "load(_:)" else { return }
        for (index, (organization, integration)) in left.enumerated() where isAway || index > 0 {
            #expect(try await Self.completes(integration, in: organization, organizations))
        }
    }
}
