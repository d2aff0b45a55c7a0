import Foundation
import MessagingContract
import Testing

@testable import MessagingCore

/// A revoked token is refused by every server that has seen a revision from after its revocation.
@Suite struct RevokedTokenTests {
    private struct Server {
        let organizations: Organizations
        let identity: Identity

        init(_ store: any Store) {
            organizations = Organizations(store: store)
            identity = Identity(organizations: organizations, lifetime: 3_600)
        }

        func isAlive(_ token: String) async throws -> Bool { try await identity.caller(token) != nil }

        func isKnown(_ token: String) -> Bool {
            var token = token
            return token.withUTF8 { identity.knownCaller(UnsafeRawBufferPointer($0)) != nil }
        }

        func revoke(_ token: String) async throws {
            let caller = try #require(try await identity.caller(token))
            let digest = caller.tokenDigestBytes
            #expect(Hexadecimal.string(digest) == caller.tokenDigest)
            try await organizations.change(caller.organizationID, by: .sample()) { draft in
                draft.revoke(token: digest)
            }
        }
    }

    private static func prepared() async throws -> (base: Fixture, client: AuthenticatedClient) {
        let base = try await Fixture()
        let registration = ClientRegistration(name: "n")
        try await base.organizations.register(registration, in: base.id, by: .sample())
        let client = registration.client
        return (base, AuthenticatedClient(id: client.id, organization: base.id, scopes: client.scopes))
    }

    @Test func aRevokedTokenIsDeletedAndOthersAreReadAgainOnce() async throws {
        let (base, client) = try await Self.prepared()
        let store = InterceptedStore(base.store)
        let server = Server(store)
        var tokens: [String] = []
        for _ in 0..<4 { tokens.append(try await server.identity.issueToken(to: client, scope: nil).access_token) }
        for token in tokens { #expect(try await server.isAlive(token) && server.isKnown(token)) }
        let revision = try await base.stored().revision
        try await server.revoke(tokens[0])
        #expect(try await base.stored().revision == revision + 1)
        #expect(try await base.store.token(digest: TokenDigest(of: tokens[0]).bytes) == nil)
        #expect(try await base.stored()[.tokenRevocation].count == 0)
        // A token remembered from before is not accepted until the store was read.
        for token in tokens { #expect(!server.isKnown(token)) }
        let reads = store.accesses["token(digest:)"] ?? 0
        for _ in 0..<3 {
            for token in tokens.dropFirst() { #expect(try await server.isAlive(token) && server.isKnown(token)) }
        }
        #expect(store.accesses["token(digest:)"] == reads + 3)
        #expect(try await !server.isAlive(tokens[0]))
    }

    @Test func anotherServerDropsARevokedTokenAtTheNextRevision() async throws {
        let (base, client) = try await Self.prepared()
        let (first, second) = (Server(base.store), Server(base.store))
        let token = try await first.identity.issueToken(to: client, scope: nil).access_token
        let other = try await first.identity.issueToken(to: client, scope: nil).access_token
        for server in [first, second] { #expect(try await server.isAlive(token)) }
        #expect(try await second.isAlive(other))
        try await first.revoke(token)
        #expect(try await !first.isAlive(token))
        // A write makes the second server notice that there is a newer revision.
        _ = try await second.organizations.create("n", in: base.id, once: nil)
        #expect(try await !second.isAlive(token))
        #expect(try await second.isAlive(other))
    }

    @Test func anUncommittedRevocationRevokesNothing() async throws {
        let (base, client) = try await Self.prepared()
        let store = InterceptedStore(base.store) { _, commit, _ in .unavailable }
        let server = Server(store)
        let token = try await server.identity.issueToken(to: client, scope: nil).access_token
        await #expect(throws: APIError.self) { try await server.revoke(token) }
        #expect(try await server.isAlive(token) && server.isKnown(token))
    }

    @Test func aReadOvertakenByARevocationIsNotTrusted() async throws {
        let (base, client) = try await Self.prepared()
        let server = Server(base.store)
        let token = try await server.identity.issueToken(to: client, scope: nil).access_token
        let stored = try #require(try await base.store.token(digest: TokenDigest(of: token).bytes))
        let snapshot = try #require(try await server.organizations.snapshot(of: base.id))
        #expect(Token(stored.token, at: stored.revision).standing(in: snapshot) != nil)
        try await server.revoke(token)
        let later = try #require(try await server.organizations.snapshot(of: base.id))
        #expect(Token(stored.token, at: stored.revision).standing(in: later) == nil)
    }
}
