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
            var last = LastToken()
            return isKnown(token, after: &last)
        }

        func isKnown(_ token: String, after last: inout LastToken) -> Bool {
            var token = token
            return token.withUTF8 { identity.knownCaller(UnsafeRawBufferPointer($0), after: &last) != nil }
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

    @Test func aConnectionRemembersATokenUntilItsOrganizationRevokesOne() async throws {
        let (base, client) = try await Self.prepared()
        let server = Server(base.store)
        var tokens: [String] = []
        for _ in 0..<3 { tokens.append(try await server.identity.issueToken(to: client, scope: nil).access_token) }
        for token in tokens { #expect(try await server.isAlive(token)) }
        var connections = tokens.map { _ in LastToken() }
        for (place, token) in tokens.enumerated() {
            #expect(server.isKnown(token, after: &connections[place]))
            #expect(connections[place].isRemembered(token))
        }
        try await server.revoke(tokens[0])
        // Neither is trusted before it is read again. The revoked one is gone; the other one is remembered as it was read.
        for place in 0..<2 { #expect(!server.isKnown(tokens[place], after: &connections[place])) }
        #expect(try await !server.isAlive(tokens[0]))
        #expect(try await server.isAlive(tokens[1]))
        #expect(!server.isKnown(tokens[0], after: &connections[0]))
        for _ in 0..<2 { #expect(server.isKnown(tokens[1], after: &connections[1])) }
        // A connection from a proxy has several clients.
        #expect(!server.isKnown(tokens[2], after: &connections[1]))
        #expect(try await server.isAlive(tokens[2]))
        #expect(server.isKnown(tokens[2], after: &connections[1]))
        #expect(connections[1].isRemembered(tokens[2]) && !connections[1].isRemembered(tokens[1]))
    }

    @Test func aRememberedTokenEndsWithItsClient() async throws {
        let (base, client) = try await Self.prepared()
        let server = Server(base.store)
        let token = try await server.identity.issueToken(to: client, scope: nil).access_token
        #expect(try await server.isAlive(token))
        var last = LastToken()
        func caller() -> Caller? {
            var token = token
            return token.withUTF8 { server.identity.knownCaller(UnsafeRawBufferPointer($0), after: &last) }
        }
        for _ in 0..<2 { #expect(caller()?.has(.viewSettings) == true) }
        try await server.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
            try draft.deleteClient(client.id)
        }
        #expect(caller() == nil)
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

extension LastToken {
    fileprivate func isRemembered(_ token: String) -> Bool {
        var token = token
        return token.withUTF8 { self.token(UnsafeRawBufferPointer($0)) != nil }
    }
}
