import Dispatch
import MessagingContract
import MessagingSQLite
import Testing

@testable import MessagingCore

@Suite(.generousLimit) struct IssuedTokenTests {
    @Test func clientsThatAskAtTheSameTimeShareTransactions() async throws {
        let store = try SQLiteStore.inMemory()
        let organizations = Organizations(store: store)
        let identity = Identity(organizations: organizations, lifetime: 3_600)
        let id = try await organizations.create(name: "Sample", by: .sample()).id
        var clients: [AuthenticatedClient] = []
        for number in 0..<64 {
            let registration = ClientRegistration(name: "\(number)")
            try await organizations.register(registration, in: id, by: .sample())
            let client = registration.client
            clients.append(AuthenticatedClient(id: client.id, organization: id, scopes: client.scopes))
        }
        let before = store.turns
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            let areHandedOver = DispatchSemaphore(value: 0)
            let holding = Task(executorPreference: store.taskExecutor) { Self.wait(for: areHandedOver) }
            for client in clients {
                group.addTask(executorPreference: store.taskExecutor) {
                    try await identity.issueToken(to: client, scope: nil).access_token
                }
            }
            areHandedOver.signal()
            await holding.value
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(store.turns - before <= 8)
        #expect(Set(tokens).count == 64)
        for token in tokens { #expect(try await identity.caller(token) != nil) }
        #expect(identity.statistics.issued == 64)
    }

    private static func wait(for semaphore: DispatchSemaphore) { semaphore.wait() }
}
