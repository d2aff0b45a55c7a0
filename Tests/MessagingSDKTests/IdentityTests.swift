import HTTPTypes
import MessagingSDK
import MessagingTesting
import Testing

@Suite struct IdentityTests {
    @Test func aClientReadsWhoItIs() async throws {
        let server = try await MessagingTestServer()
        let client = try await server.client()
        let organization = try await client.organization()
        #expect(organization.state == "active")
        #expect(organization.selfUri == "/api/v2/organizations/\(organization.id)")
        let made = try await client.settings.create(MessagingSettingRequest(name: "n"))
        let user = try await client.user()
        #expect(user.id == made.createdBy?.id)
        let token = try await client.token()
        #expect(token.organization == NamedEntity(id: organization.id, name: organization.name))
        #expect(token.homeOrganization == token.organization)
        #expect(token.authorizedScope == ["messaging"])
        #expect(token.client?.name == user.name)
        let products = try await client.call(IdentityEndpoints.listProducts, NoParameters())
        #expect(products.value == .messaging)
        #expect(products.metadata.entityTag != nil)
    }

    @Test func aTokenIsRevokedAndReplaced() async throws {
        let server = try await MessagingTestServer()
        let transport = CountingTransport(server.transport)
        let client = TestedServer(server.host, try await server.credentials(), transport).client()
        let response = try await client.call(IdentityEndpoints.revokeToken, NoParameters())
        #expect(response.metadata.status == 204)
        _ = try await client.organization()
        #expect(transport.tokenRequests == 2)
    }

    @Test func unknownMembersOfGenesysCloudAreIgnored() async throws {
        let body = #"{"id":"o-1","name":"n","thirdPartyOrgName":"t","features":{"chat":true},"version":7}"#
        try await ScriptedHost.run({ _, _ in .response(200, body) }) { host in
            let organization = try await host.client().organization()
            #expect((organization.id, organization.version, organization.state) == ("o-1", 7, ""))
        }
    }

    @Test(arguments: ServerKind.allCases) func headReportsWhetherTheTokenIsValid(_ kind: ServerKind) async throws {
        try await kind.run { server in
            let client = server.client()
            let get = try await client.call(IdentityEndpoints.getToken, NoParameters())
            let head = try await client.call(IdentityEndpoints.headToken, NoParameters())
            #expect(head.metadata.status == 200)
            #expect(head.metadata.body.isEmpty)
            #expect(head.metadata.entityTag == get.metadata.entityTag)
            #expect(head.metadata.entityTag != nil)
            let wrong = MessagingClient(
                host: server.host,
                credentials: .accessToken("wrong"),
                transport: server.transport
            )
            let error = await #expect(throws: MessagingError.self) {
                try await wrong.call(IdentityEndpoints.headToken, NoParameters())
            }
            #expect(error?.status == 401)
        }
    }

    @Test func theResponseToAHeadHasNoBody() async throws {
        try await ScriptedHost.run({ _, _ in .response(200, "") }) { host in
            let head = try await host.client().call(IdentityEndpoints.headToken, NoParameters())
            #expect(head.metadata.status == 200 && head.metadata.body.isEmpty)
            #expect(host.requests.map(\.method) == ["HEAD"])
        }
    }

    @Test func anOperationThatIsOpenIsCalledWithoutAToken() async throws {
        let server = try await MessagingTestServer()
        let wrong = Credentials.clientCredentials(id: "none", secret: "wrong")
        let tested = TestedServer(server.host, wrong, server.transport)
        let client = tested.client()
        #expect(try await client.call(HealthEndpoints.live, NoParameters()).value.status == "up")
        #expect(try await client.call(HealthEndpoints.ready, NoParameters()).value.status == "ready")
        let metadata = try await client.call(OAuthEndpoints.metadata, NoParameters()).value
        #expect(metadata.token_endpoint.hasSuffix("/oauth/token"))
        #expect(tested.transport.tokenRequests == 0)
        #expect(tested.transport.requests.allSatisfy { $0.headerFields[.authorization] == nil })
        let error = await #expect(throws: MessagingError.self) { try await client.organization() }
        #expect(error?.reason == .tokenRefused)
    }
}
