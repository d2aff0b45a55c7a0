import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

@Suite struct ChangesTests {
    private static let path = "/platform/v1/changes"
    private static let settings = "/api/v2/conversations/messaging/settings"

    /// A server whose organization has a setting with two versions, which was the default and is deleted, and another setting.
    private func prepared() async throws -> (server: TestServer, token: String, id: String) {
        let server = try await TestServer()
        let token = try await server.token()
        let id = try #require(
            await server.send(.post, Self.settings, token: token, body: #"{"name":"one"}"#).json?["id"]?.string
        )
        for (method, target, body) in [
            (HTTPRequest.Method.patch, "\(Self.settings)/\(id)", #"{"name":"two"}"#),
            (.put, "\(Self.settings)/default", #"{"settingId":"\#(id)"}"#),
            (.delete, "\(Self.settings)/default", ""), (.delete, "\(Self.settings)/\(id)", ""),
            (.post, Self.settings, #"{"name":"other"}"#),
        ] {
            #expect(await server.send(method, target, token: token, body: body).status.kind == .successful)
        }
        return (server, token, id)
    }

    private func listing(
        _ server: TestServer,
        _ token: String,
        _ query: String = ""
    ) async throws -> Listing<ObjectChange> {
        let answer = await server.send(.get, query.hasPrefix("/") ? query : "\(Self.path)\(query)", token: token)
        #expect(answer.status == 200, "\(query): \(String(decoding: answer.body ?? [], as: UTF8.self))")
        return try Listing(json: #require(answer.json), side: .response)
    }

    @Test func aChangeHasItsAuthorTimeOriginAndBothValues() async throws {
        let (server, token, id) = try await prepared()
        let me = try await server.send(.get, "/api/v2/users/me", token: token).decoded(UserInfo.self)
        let list = try await listing(server, token, "?kind=settings&id=\(id)")
        #expect(list.total == 3)
        #expect(list.entities.map(\.operation).map { $0.prefix(3) } == ["del", "pat", "pos"])
        #expect(list.entities.map(\.after?["name"]) == [nil, "two", "one"])
        #expect(list.entities.map(\.before?["name"]) == ["two", "one", nil])
        #expect(list.entities.map(\.revision) == list.entities.map(\.revision).sorted(by: >))
        for change in list.entities {
            #expect((change.kind, change.objectId, change.position) == (.settings, id, 0))
            #expect(change.user == DomainEntityRef(user: me.id))
            #expect(change.client == server.client.client.id)
            #expect(change.address == "192.0.2.1")
            #expect(change.contextId.count == 36)
            #expect(change.date == TestServer.Clock().now)
        }
        let patched = try #require(list.entities[1].after)
        #expect(try MessagingSetting(json: .object(patched), side: .response).version == "2")
        let raw = try #require(
            await server.send(.get, "\(Self.path)?kind=settings&id=\(id)", token: token).json?["entities"]?.array
        )
        let names = [
            "revision", "position", "kind", "objectId", "date", "user", "client", "operation", "contextId", "address",
        ]
        #expect(
            raw.map { $0.object?.map(\.name) } == [names + ["before"], names + ["before", "after"], names + ["after"]]
        )
    }

    @Test func everyKindHasANameAndInternalKindsAreHidden() async throws {
        let (server, token, id) = try await prepared()
        let key: HTTPFields = [.named("Idempotency-Key"): "k"]
        _ = await server.send(.post, Self.settings, token: token, fields: key, body: #"{"name":"once"}"#)
        let other = try await server.token(of: server.client)
        #expect(await server.send(.delete, "/api/v2/tokens/me", token: other).status == 204)
        let changes = try #require(try await server.store.changes(of: server.organization, after: 0, limit: 100))
        #expect(changes.contains { $0.kind == .tokenRevocation })
        let all = try await listing(server, token, "?pageSize=100")
        var counts: [ObjectKind: Int] = [:]
        for change in all.entities { counts[change.kind, default: 0] += 1 }
        #expect(counts == [.settings: 5, .supportedContent: 1, .defaults: 3, .clients: 1, .organization: 1])
        #expect(all.total == 11)
        for (kind, count) in counts {
            let some = try await listing(server, token, "?kind=\(kind.rawValue)")
            #expect(some.entities == all.entities.filter { $0.kind == kind })
            #expect(some.total == count)
        }
        let organization = try #require(all.entities.first { $0.kind == .organization })
        #expect(organization.objectId == server.organization)
        #expect(organization.client == nil && organization.address == nil)
        let defaults = try await listing(server, token, "?kind=defaults&id=settings").entities
        #expect(defaults.map(\.objectId) == ["settings", "settings"])
        #expect(defaults.map(\.after) == [nil, ["id": .string(id)]])
        #expect(defaults.map(\.before) == [["id": .string(id)], nil])
        #expect(try await listing(server, token, "?kind=defaults&id=supportedcontent").total == 1)
        for none in ["messagingSetting", "default", "clients", ""] where !none.isEmpty {
            #expect(try await listing(server, token, "?kind=defaults&id=\(none)").total == 0)
        }
        #expect(try await listing(server, token, "?kind=supportedcontent&id=\(id)").total == 0)
        #expect(try await listing(server, token, "?kind=&id=&asOf=&pageSize=").total == 11)
    }

    @Test func anObjectIsShownAsOfARevision() async throws {
        let (server, token, id) = try await prepared()
        let all = try await listing(server, token, "?kind=settings&id=\(id)").entities
        for (revision, name) in [(all[2].revision, "one"), (all[1].revision, "two"), (all[0].revision - 1, "two")] {
            let first = try await listing(server, token, "?kind=settings&id=\(id)&asOf=\(revision)&pageSize=1")
            #expect(first.entities.first?.after?["name"] == .string(name))
        }
        #expect(
            try await listing(server, token, "?kind=settings&id=\(id)&asOf=\(all[0].revision)").entities[0].after == nil
        )
        #expect(try await listing(server, token, "?kind=settings&id=\(id)&asOf=\(all[2].revision - 1)").total == 0)
        #expect(try await listing(server, token, "?asOf=0").total == 0)
    }

    @Test func pagesStayWhileOthersWrite() async throws {
        let (server, token, _) = try await prepared()
        let whole = try await listing(server, token, "?pageSize=100").entities
        var page = try await listing(server, token, "?pageSize=2")
        let asOf = try #require(try await server.store.load(server.organization)).revision
        #expect(page.selfUri == "\(Self.path)?pageSize=2&pageNumber=1&asOf=\(asOf)")
        var walked = page.entities
        while let next = page.nextUri {
            #expect(await server.send(.post, Self.settings, token: token, body: #"{"name":"more"}"#).status == 200)
            page = try await listing(server, token, next)
            walked += page.entities
        }
        #expect(walked == whole)
        #expect(page.total == whole.count)
        let filtered = try await listing(server, token, "?pageNumber=2&kind=settings&id=a%26b%20c&pageSize=1")
        #expect(filtered.selfUri == "\(Self.path)?pageSize=1&pageNumber=2&kind=settings&id=a%26b%20c&asOf=\(asOf + 4)")
        #expect(filtered.previousUri == nil)
    }

    @Test(arguments: [
        ("kind=integration", "kind"), ("kind=idempotencyKey", "kind"), ("kind=Settings", "kind"), ("id=x", "id"),
        ("asOf=-1", "asOf"), ("asOf=x", "asOf"), ("asOf=1.0", "asOf"), ("asOf=99999999999999999999", "asOf"),
        ("asOf=9223372036854775807", "asOf"), ("kind=settings&asOf=8", "asOf"), ("pageSize=101", "pageSize"),
    ])
    func invalidQueriesAreRefused(_ query: String, _ name: String) async throws {
        let (server, token, _) = try await prepared()
        let answer = await server.send(.get, "\(Self.path)?\(query)", token: token)
        #expect((answer.status, answer.code) == (400, "invalid.query.param.value"))
        #expect(answer.json?["details"]?.array?.first?["fieldName"]?.string == name)
    }

    @Test func aFutureRevisionIsRefusedWithThePresentOne() async throws {
        let (server, token, _) = try await prepared()
        #expect(try await listing(server, token, "?asOf=7").total > 0)
        let answer = await server.send(.get, "\(Self.path)?asOf=8", token: token)
        #expect(answer.json?["messageParams"] == ["allowed": "0 to 7", "parameter": "asOf", "value": "8"])
    }

    @Test func aPageOfMoreThan8MiBIsRefused() async throws {
        let (server, token, _) = try await prepared()
        let base = try #require(try await server.store.load(server.organization)).revision
        let large = Array(#"{"name":"\#(String(repeating: "x", count: 3 << 20))"}"#.utf8)
        let changes = (0..<4).map { position in
            Change(
                revision: base + 1,
                position: position,
                kind: .messagingSetting,
                id: "large-\(position)",
                before: nil,
                after: large,
                author: .test,
                time: TestServer.Clock().now
            )
        }
        let commit = Commit(organization: server.organization, base: base, revision: base + 1, changes: changes)
        #expect(await server.store.commit(commit) == .committed)
        _ = await server.send(.post, Self.settings, token: token, body: #"{"name":"more"}"#)
        let answer = await server.send(.get, "\(Self.path)?pageSize=100", token: token)
        #expect((answer.status, answer.code) == (400, "invalid.query.param.value"))
        #expect(answer.json?["details"]?.array?.first?["fieldName"] == "pageSize")
        #expect(try await listing(server, token, "?pageSize=3").entities.count == 3)
        #expect(try await listing(server, token, "?pageSize=1&pageNumber=2").entities.map(\.objectId) == ["large-3"])
    }

    @Test func theTagFollowsTheBytesAlsoWhenHistoryIsDropped() async throws {
        let (server, token, _) = try await prepared()
        func get(_ query: String, unless tag: String? = nil) async -> OutgoingResponse {
            let fields: HTTPFields = tag.map { [.ifNoneMatch: $0] } ?? [:]
            return await server.send(.get, "\(Self.path)\(query)", token: token, fields: fields)
        }
        let tag = try #require(await get("?asOf=7").fields[.eTag])
        #expect(await get("?asOf=7", unless: tag).status == 304)
        #expect(await get("", unless: tag).status == 304)
        _ = await server.send(.post, Self.settings, token: token, body: #"{"name":"more"}"#)
        #expect(await get("?asOf=7", unless: tag).status == 304)
        #expect(await get("", unless: tag).status == 200)
        try await server.organizations.sweepHistory(HistoryLimits(changes: 3, minimumDays: 0))
        let fewer = await get("?asOf=7", unless: tag)
        #expect(fewer.status == 200)
        #expect(fewer.fields[.eTag] != tag)
        #expect(fewer.json?["total"] == 2)
    }

    @Test func changesOfOtherOrganizationsAreHidden() async throws {
        let (server, token, id) = try await prepared()
        let client = ClientRegistration(name: "other")
        _ = try await server.organizations.create(name: "Other", with: client, by: .test)
        let stranger = try await server.token(of: client)
        #expect(try await listing(server, stranger).total == 4)
        #expect(try await listing(server, stranger, "?kind=settings&id=\(id)").total == 0)
        #expect(try await listing(server, token, "?kind=settings&id=\(id)").total == 3)
    }
}
