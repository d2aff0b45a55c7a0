import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

@Suite struct PreconditionTests {
    private static let settings = "/api/v2/conversations/messaging/settings"
    private static let `default` = settings + "/default"

    /// A server with one setting: its path and its tag.
    private func prepared() async throws -> (server: TestServer, token: String, path: String, tag: String) {
        let server = try await TestServer()
        let token = try await server.token()
        let created = await server.send(.post, Self.settings, token: token, body: #"{"name":"n"}"#)
        let tag = try #require(created.fields[.eTag])
        return (server, token, "\(Self.settings)/\(try created.decoded(MessagingSetting.self).id)", tag)
    }

    @Test func everyReadHasAStrongTagThatFollowsItsBytes() async throws {
        let (server, token, path, tag) = try await prepared()
        for target in [path, Self.settings, "/api/v2/users/me", "/api/v2/organizations/me"] {
            let first = await server.send(.get, target, token: token)
            let again = await server.send(.get, target, token: token)
            #expect(first.fields[.eTag]?.hasPrefix("\"") == true, "\(target)")
            #expect(first.fields[.eTag] == again.fields[.eTag])
        }
        let list = await server.send(.get, Self.settings, token: token).fields[.eTag]
        let patched = await server.send(.patch, path, token: token, body: #"{"name":"m"}"#)
        #expect(patched.fields[.eTag] != tag)
        #expect(await server.send(.get, path, token: token).fields[.eTag] == patched.fields[.eTag])
        #expect(await server.send(.get, Self.settings, token: token).fields[.eTag] != list)
        #expect(await server.send(.get, "\(Self.settings)/default", token: token).fields[.eTag] == nil)
    }

    @Test(arguments: ["TAG", "W/TAG", "\"x\", TAG", "*", " \"x\" ,TAG,"])
    func aReaderWithTheCurrentTagGets304(_ field: String) async throws {
        let (server, token, path, tag) = try await prepared()
        let answer = await server.send(
            .get,
            path,
            token: token,
            fields: [.ifNoneMatch: field.replacing("TAG", with: tag)]
        )
        #expect(answer.status == 304)
        #expect(answer.body == nil)
        #expect(answer.fields[.eTag] == tag)
        #expect(answer.fields[.correlation] != nil)
        #expect(answer.fields[.contentType] == nil)
    }

    @Test func aReaderWithAnotherTagGetsTheObject() async throws {
        let (server, token, path, tag) = try await prepared()
        let answer = await server.send(.get, path, token: token, fields: [.ifNoneMatch: "\"other\""])
        #expect(answer.status == 200)
        #expect(await server.send(.get, path, token: token, fields: [.ifMatch: tag]).status == 200)
        #expect(await server.send(.get, path, token: token, fields: [.ifMatch: "\"other\""]).status == 412)
        let list = await server.send(.get, Self.settings, token: token)
        let known: HTTPFields = [.ifNoneMatch: list.fields[.eTag] ?? ""]
        #expect(await server.send(.get, Self.settings, token: token, fields: known).status == 304)
        _ = await server.send(.patch, path, token: token, body: "{}")
        #expect(await server.send(.get, Self.settings, token: token, fields: known).status == 200)
    }

    /// Both organizations are at the same revision.
    @Test(arguments: [
        settings, "/api/v2/messaging/supportedcontent", "/api/v2/conversations/messaging/integrations",
        "/api/v2/conversations/messaging/integrations/open", "/platform/v1/changes", "/api/v2/users/me",
        "/api/v2/organizations/me",
    ])
    func aTagOfAnotherOrganizationDoesNotMatch(_ target: String) async throws {
        let server = try await TestServer()
        let other = ClientRegistration(name: "all")
        _ = try await server.organizations.create(name: "Test", with: other, by: .test)
        let (token, others) = (try await server.token(), try await server.token(of: other))
        let tag = try #require(await server.send(.get, target, token: token).fields[.eTag])
        #expect(await server.send(.get, target, token: token, fields: [.ifNoneMatch: tag]).status == 304)
        #expect(await server.send(.get, target, token: others).fields[.eTag] != tag)
        #expect(await server.send(.get, target, token: others, fields: [.ifNoneMatch: tag]).status == 200)
        #expect(await server.send(.get, target, token: others, fields: [.ifMatch: tag]).status == 412)
        guard target == Self.settings else { return }
        let body = #"{"name":"n"}"#
        #expect(await server.send(.post, target, token: others, fields: [.ifMatch: tag], body: body).status == 412)
        #expect(await server.send(.post, target, token: token, fields: [.ifMatch: tag], body: body).status == 200)
    }

    @Test(arguments: [("\"other\"", 412), ("W/TAG", 412), ("TAG", 200), ("*", 200), ("\"other\", TAG", 200)])
    func aChangeHappensToTheObjectThatTheClientSaw(_ field: String, _ status: Int) async throws {
        let (server, token, path, tag) = try await prepared()
        let fields: HTTPFields = [.ifMatch: field.replacing("TAG", with: tag)]
        let patched = await server.send(.patch, path, token: token, fields: fields, body: #"{"name":"m"}"#)
        #expect(patched.status.code == status)
        if status == 412 { #expect(patched.code == "precondition.failed") }
        let name = try await server.send(.get, path, token: token).decoded(MessagingSetting.self).name
        #expect(name == (status == 200 ? "m" : "n"))
    }

    @Test func aTagGuardsADeletionToo() async throws {
        let (server, token, path, tag) = try await prepared()
        #expect(await server.send(.delete, path, token: token, fields: [.ifMatch: "\"x\""]).status == 412)
        #expect(await server.send(.delete, path, token: token, fields: [.ifMatch: tag]).status == 204)
        #expect(await server.send(.delete, path, token: token, fields: [.ifMatch: tag]).status == 404)
    }

    @Test func theDefaultIsAnObjectOfItsOwn() async throws {
        let (server, token, path, tag) = try await prepared()
        let body = #"{"settingId":"\#(path.split(separator: "/").last ?? "")"}"#
        #expect(await server.send(.put, Self.default, token: token, fields: [.ifMatch: "*"], body: body).status == 412)
        #expect(
            await server.send(.put, Self.default, token: token, fields: [.ifNoneMatch: "*"], body: body).status == 200
        )
        #expect(
            await server.send(.put, Self.default, token: token, fields: [.ifNoneMatch: "*"], body: body).status == 412
        )
        #expect(await server.send(.put, Self.default, token: token, fields: [.ifMatch: tag], body: body).status == 200)
        #expect(await server.send(.delete, Self.default, token: token, fields: [.ifMatch: "\"x\""]).status == 412)
        #expect(await server.send(.delete, Self.default, token: token, fields: [.ifMatch: tag]).status == 204)
    }

    @Test func ofConcurrentChangesWithOneTagOnlyOneSucceeds() async throws {
        let (server, token, path, tag) = try await prepared()
        let codes = await withTaskGroup(of: Int.self) { group in
            for number in 0..<50 {
                group.addTask {
                    await server.send(
                        .patch,
                        path,
                        token: token,
                        fields: [.ifMatch: tag],
                        body: #"{"name":"\#(number)"}"#
                    ).status.code
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.filter { $0 == 200 }.count == 1)
        #expect(codes.filter { $0 == 412 }.count == 49)
    }

    @Test(arguments: ["x", "\"x", "\"x\" \"y\"", "w/\"x\"", "*, \"x\""])
    func anInvalidTagIsABadRequest(_ field: String) async throws {
        let (server, token, path, _) = try await prepared()
        let answer = await server.send(.get, path, token: token, fields: [.ifNoneMatch: field])
        #expect((answer.status, answer.code) == (400, "bad.request"))
    }
}
