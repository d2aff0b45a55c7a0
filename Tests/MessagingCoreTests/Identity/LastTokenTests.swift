import MessagingContract
import Randomness
import Testing

@testable import MessagingCore

/// What a connection remembers of its last token, while snapshots are dropped and loaded again.
@Suite struct LastTokenTests {
    @Test(arguments: 1...5) func aConnectionGetsTheSnapshotOfItsOwnOrganizationOnly(seed: UInt64) async throws {
        let base = try await Fixture()
        // There is room for one snapshot, so each load drops another one and reuses its place.
        let organizations = Organizations(store: base.store, snapshotMemory: 1)
        let identity = Identity(organizations: organizations, lifetime: 3_600)
        var callers: [(organization: String, token: String)] = []
        for number in 0..<4 {
            let registration = ClientRegistration(name: "n")
            let id = try await organizations.create(name: "Organization \(number)", with: registration, by: .sample())
                .id
            let client = AuthenticatedClient(id: registration.client.id, organization: id, scopes: ["messaging"])
            callers.append((id, try await identity.issueToken(to: client, scope: nil).access_token))
        }
        var connections = callers.map { _ in LastToken() }
        var random = SplitMix(seed: seed)
        var found = 0
        for _ in 0..<100 {
            let loaded = Int(random.next() % 4)
            #expect(try await identity.caller(callers[loaded].token)?.organizationID == callers[loaded].organization)
            for place in callers.indices {
                var token = callers[place].token
                let caller = token.withUTF8 {
                    identity.knownCaller(UnsafeRawBufferPointer($0), after: &connections[place])
                }
                #expect(caller == nil || caller?.organizationID == callers[place].organization)
                if caller != nil { found += 1 }
                if place == loaded { #expect(caller != nil) }
            }
        }
        #expect(found < 200)
    }
}
