import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

@Suite struct IdentityTests {
    private func ask(_ server: TestServer, _ body: String, basic: (String, String)? = nil) async -> OutgoingResponse {
        await server.post(body, basic: basic)
    }

    @Test func credentialsAreInTheFieldOrInTheForm() async throws {
        let server = try await TestServer()
        let (id, secret) = (server.client.client.id, server.client.secret)
        let basic = await ask(server, "grant_type=client_credentials", basic: (id, secret))
        let form = await ask(server, "grant_type=client_credentials&client_id=\(id)&client_secret=\(secret)")
        for answer in [basic, form] {
            #expect(answer.status == 200)
            let token = try answer.decoded(AccessTokenResponse.self)
            #expect(token.token_type == "bearer")
            #expect(token.expires_in == 3_600)
            #expect(token.scope == "messaging")
            #expect(answer.fields[.cacheControl]?.contains("no-store") == true)
            for scheme in ["bearer", "BEARER", "Bearer "] {
                let fields: HTTPFields = [.authorization: "\(scheme) \(token.access_token)"]
                #expect(await server.send(.get, "/api/v2/users/me", fields: fields).status == 200)
            }
        }
    }

    @Test(arguments: [
        ("", 400, "invalid_request"), ("grant_type=", 400, "invalid_request"),
        ("grant_type=password", 400, "unsupported_grant_type"),
        ("grant_type=client_credentials", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=ID&client_secret=wrong", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=nobody&client_secret=SECRET", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=ID&client_secret=SECRET&client_id=ID", 400, "invalid_request"),
        ("grant_type=client_credentials&client_id=ID&client_secret=SECRET&scope=admin", 400, "invalid_scope"),
        ("grant_type=%zz", 400, "invalid_request"),
    ])
    func refusalsHaveTheOAuthForm(_ body: String, _ status: Int, _ error: String) async throws {
        let server = try await TestServer()
        let filled = body.replacing("ID", with: server.client.client.id).replacing("SECRET", with: server.client.secret)
        let answer = await ask(server, filled)
        #expect(answer.status.code == status)
        #expect(answer.json?["error"]?.string == error)
        #expect(answer.json?["description"]?.string?.isEmpty == false)
        #expect(answer.json?["error_description"] == answer.json?["description"])
        #expect((answer.fields[.wwwAuthenticate] != nil) == (status == 401))
        #expect(answer.fields[.correlation] != nil)
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/oauth/token", true), (.post, "/oauth/nothing", true), (.post, "/oauth/", true),
        (.post, "/oauth/token/", true), (.post, "/oauth", false), (.post, "/OAUTH/token", false),
        (.post, "/%6fauth/token", false), (.post, "//oauth/token", false),
    ])
    func aPathWithoutAnOperationHasTheFormOfItsNeighbors(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ isOAuth: Bool
    ) async throws {
        let answer = try await TestServer().send(method, path)
        #expect(answer.status == (path == "/oauth/token" ? 405 : 404))
        #expect((answer.json?["error_description"] != nil) == isOAuth)
        #expect((answer.json?["contextId"] != nil) == !isOAuth)
    }

    @Test(arguments: ["+", "%", "%zz", "a+b%2Fc", "ü", "a:b"])
    func aSecretMayHaveAnyCharacters(_ part: String) async throws {
        let server = try await TestServer()
        let client = ClientRegistration(secret: part + String(repeating: "x", count: 32), name: "chosen")
        try await server.organizations.register(client, in: server.organization, by: .test)
        let (id, secret) = (client.client.id, client.secret)
        for basic in [(id, secret), (id, secret.percentEncoded)] {
            #expect(await ask(server, "grant_type=client_credentials", basic: basic).status == 200)
        }
        let form = "grant_type=client_credentials&client_id=\(id)&client_secret=\(secret.percentEncoded)"
        #expect(await ask(server, form).status == 200)
    }

    @Test func twoWaysToAuthenticateAreRefused() async throws {
        let server = try await TestServer()
        let (id, secret) = (server.client.client.id, server.client.secret)
        let body = "grant_type=client_credentials&client_id=\(id)&client_secret=\(secret)"
        #expect(await ask(server, body, basic: (id, secret)).json?["error"] == "invalid_request")
        #expect(await ask(server, "grant_type=client_credentials&client_id=\(id)", basic: (id, secret)).status == 200)
    }

    @Test func unknownParametersAreIgnored() async throws {
        let server = try await TestServer()
        let right = (server.client.client.id, server.client.secret)
        let body = "grant_type=client_credentials&resource=a&resource=b&=&=x&scope="
        #expect(await ask(server, body, basic: right).status == 200)
    }

    @Test func unknownClientsAndWrongSecretsGetTheSameError() async throws {
        let server = try await TestServer()
        let unknown = await ask(server, "grant_type=client_credentials", basic: ("nobody", "x"))
        let wrong = await ask(server, "grant_type=client_credentials", basic: (server.client.client.id, "x"))
        #expect(unknown.body == wrong.body)
        #expect(unknown.status == wrong.status)
    }

    @Test func otherErrorsAtTheTokenEndpointHaveTheOAuthFormToo() async throws {
        let server = try await TestServer()
        let json = await server.send(.post, "/oauth/token", fields: [.contentType: "application/json"], body: "{}")
        #expect((json.status, json.json?["error"]) == (415, "invalid_request"))
        let get = await server.send(.get, "/oauth/token")
        #expect((get.status, get.json?["error"]) == (405, "invalid_request"))
        let large = await ask(server, "grant_type=" + String(repeating: "x", count: 16 << 10))
        #expect((large.status, large.json?["error"]) == (413, "invalid_request"))
    }

    @Test func aScopeNarrowsTheToken() async throws {
        let server = try await TestServer()
        let token = try await server.token(of: server.client, scope: "messaging:readonly")
        let path = "/api/v2/conversations/messaging/settings"
        #expect(await server.send(.get, path, token: token).status == 200)
        #expect(await server.send(.post, path, token: token, body: #"{"name":"n"}"#).status == 403)
        let client = ClientRegistration(name: "reader", scopes: ["messaging:readonly"])
        try await server.organizations.register(client, in: server.organization, by: .test)
        let error = await #expect(throws: APIError.self) { try await server.token(of: client, scope: "messaging") }
        #expect(error?.oauthError == .invalidScope)
    }

    @Test func revokingATokenRevokesNoOther() async throws {
        let server = try await TestServer()
        let (first, second) = (try await server.token(), try await server.token())
        #expect(await server.send(.delete, "/api/v2/tokens/me", token: first).status == 204)
        #expect(await server.send(.delete, "/api/v2/tokens/me", token: first).status == 401)
        #expect(await server.send(.get, "/api/v2/users/me", token: second).status == 200)
    }

    @Test func aRotatedSecretReplacesTheOldOne() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let fresh = try await server.organizations.rotateSecret(
            of: server.client.client,
            in: server.organization,
            by: .test
        )
        await #expect(throws: APIError.self) { try await server.token() }
        #expect(try await server.token(of: fresh).isEmpty == false)
        #expect(await server.send(.get, "/api/v2/users/me", token: token).status == 200)
    }

    @Test func aClientReadsItsIdentity() async throws {
        let server = try await TestServer()
        let user = try await server.call(IdentityEndpoints.getUser, NoParameters(), NoBody()).decoded(UserInfo.self)
        #expect(user.id == server.client.client.user)
        let organization = try await server.call(IdentityEndpoints.getOrganization, NoParameters(), NoBody())
        let info = try organization.decoded(OrganizationInfo.self)
        #expect((info.id, info.domain) == (server.organization, server.organization))
        #expect((info.defaultLanguage, info.defaultCountryCode, info.version, info.state) == ("en", "US", 1, "active"))
        let created = try await server.call(
            MessagingSettingEndpoints.current.resource.create,
            NoParameters(),
            .init(name: "n")
        )
        #expect(try created.decoded(MessagingSetting.self).createdBy?.id == user.id)
    }

    @Test func aClientReadsTheProducts() async throws {
        let server = try await TestServer()
        let products = try await server.call(IdentityEndpoints.listProducts, NoParameters(), NoBody())
        #expect(products.body == Array(#"{"entities":[{"id":"messaging"}],"total":1}"#.utf8))
        #expect(await server.send(.get, "/api/v2/authorization/products").status == 401)
    }

    @Test func aTokenShowsItsScopeAndOrganization() async throws {
        let server = try await TestServer()
        let organization: JSON = ["id": .string(server.organization), "name": "Test"]
        let client: JSON = ["id": .string(server.client.client.id), "name": "all", "organization": organization]
        for scope in [nil, "messaging:readonly"] {
            let token = try await server.token(of: server.client, scope: scope)
            let answer = await server.send(.get, "/api/v2/tokens/me", token: token)
            #expect(answer.status == 200)
            #expect(
                answer.json == [
                    "organization": organization, "homeOrganization": organization,
                    "authorizedScope": [.string(scope ?? "messaging")], "OAuthClient": client,
                ]
            )
            let tag = try #require(answer.fields[.eTag])
            let head = await server.send(.head, "/api/v2/tokens/me", token: token)
            #expect((head.status, head.fields[.eTag]) == (200, tag))
            let fields: HTTPFields = [.ifNoneMatch: tag]
            #expect(await server.send(.head, "/api/v2/tokens/me", token: token, fields: fields).status == 304)
        }
    }

    @Test func secretsAreStoredAsDigestsOnly() async throws {
        let server = try await TestServer()
        let stored = try #require(try await server.organizations.snapshot(of: server.organization))
        for entry in stored[.oauthClient].entries {
            #expect(!String(decoding: entry.bytes, as: UTF8.self).contains(server.client.secret))
        }
    }

    @Test func aClientWithTooManyTokensGetsAHint() async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock, tokensPerClient: 2)
        let basic = (id: server.client.client.id, secret: server.client.secret)
        func ask() async -> OutgoingResponse { await server.post("grant_type=client_credentials", basic: basic) }
        let token = try #require(await ask().json?["access_token"]?.string)
        clock.advance(by: 1_000)
        #expect(await ask().status == 200)
        let refused = await ask()
        #expect(refused.status == 429)
        #expect(refused.fields[.retryAfter] == nil)
        #expect(refused.json?["error"]?.string == "invalid_request")
        #expect(
            refused.json?["error_description"]?.string
                == "token limit reached; the client has 2 unexpired tokens, which is the maximum: "
                + "use a token until it expires instead of requesting another, and revoke tokens that are no longer used"
        )
        let other = ClientRegistration(name: "other")
        try await server.organizations.register(other, in: server.organization, by: .test)
        _ = try await server.token(of: other)
        #expect(await server.send(.get, "/api/v2/users/me", token: token).status == 200)

        #expect(await server.send(.delete, "/api/v2/tokens/me", token: token).status == 204)
        #expect(await ask().status == 200)
        #expect(await ask().status == 429)
        clock.advance(by: 3_600)
        for status in [200, 200, 429] { #expect(await ask().status.code == status) }
    }

    @Test func concurrentTokenRequestsRespectTheLimit() async throws {
        let server = try await TestServer(tokensPerClient: 5)
        let basic = (id: server.client.client.id, secret: server.client.secret)
        let statuses = await withTaskGroup(of: Int.self, returning: [Int].self) { group in
            for _ in 0..<20 {
                group.addTask { await server.post("grant_type=client_credentials", basic: basic).status.code }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 200 }.count == 5)
        #expect(statuses.filter { $0 == 429 }.count == 15)
    }
}
