import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

/// `WWW-Authenticate` beside the vendor's errors (RFC 6750, section 3).
@Suite struct ChallengeTests {
    private static let settings = MessagingSettingEndpoints.current.resource

    @Test(arguments: [nil, "", "Bearer", "Bearer ", "Basic YTpi", "garbage"])
    func aMissingTokenGetsAChallenge(_ authorization: String?) async throws {
        let server = try await TestServer()
        let fields: HTTPFields = authorization.map { [.authorization: $0] } ?? [:]
        let answer = await server.send(.get, Self.settings.list.operation.path, fields: fields)
        #expect((answer.status, answer.code) == (401, "authentication.required"))
        #expect(answer.fields[.wwwAuthenticate] == #"Bearer realm="messaging""#)
    }

    @Test func aBadTokenGetsAChallenge() async throws {
        let server = try await TestServer()
        let revoked = try await server.token()
        #expect(await server.send(.delete, "/api/v2/tokens/me", token: revoked).status == 204)
        for token in ["garbage", revoked] {
            let answer = await server.send(.get, Self.settings.list.operation.path, token: token)
            #expect((answer.status, answer.code) == (401, "bad.credentials"))
            let challenge = try #require(answer.fields[.wwwAuthenticate])
            #expect(challenge.hasPrefix(#"Bearer realm="messaging", error="invalid_token", error_description=""#))
            #expect(challenge.wholeMatch(of: /Bearer( [a-z_]+="[\x20-\x21\x23-\x5B\x5D-\x7E]+",?)+/) != nil)
        }
    }

    @Test(arguments: APIOperation.all)
    func aMissingScopeIsNamedInTheChallenge(_ operation: APIOperation) async throws {
        guard case .bearer(let scope?) = operation.access else { return }
        let server = try await TestServer()
        let scopes = scope == .messaging ? ["messaging:readonly"] : []
        let token = try await server.token(permissions: Permission.all.map(\.rawValue), scopes: scopes)
        let answer = await server.send(operation.method, operation.target(["x"]), token: token)
        #expect((answer.status, answer.code) == (403, "not.authorized"))
        let challenge = #"Bearer realm="messaging", error="insufficient_scope", scope="\#(scope.rawValue)""#
        #expect(answer.fields[.wwwAuthenticate] == challenge)
    }

    /// Another token would not help, so there is no challenge.
    @Test func aMissingPermissionGetsNoChallenge() async throws {
        let server = try await TestServer()
        let token = try await server.token(permissions: [])
        let answer = await server.send(.get, Self.settings.list.operation.path, token: token)
        #expect((answer.status, answer.code) == (403, "missing.permissions"))
        #expect(answer.fields[.wwwAuthenticate] == nil)
    }
}
