import HTTPTypes
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingServer

/// Generated from the list of operations: every operation is routed, requires what it declares, and shows no organization to another.
@Suite struct AuditTests {
    private static let guarded = APIOperation.all.filter { if case .bearer = $0.access { true } else { false } }
    private static let permitted = guarded.filter { !$0.permission.permissions.isEmpty }

    @Test func everyDeclaredOperationIsRoutedAndNothingElse() async throws {
        let server = try await TestServer()
        let declared = APIOperation.all + APIOperation.pages
        #expect(Set(server.responder.routes) == Set(declared))
        #expect(server.responder.routes.count == declared.count)
    }

    @Test(arguments: guarded, Way.allCases)
    func needsAToken(_ operation: APIOperation, _ way: Way) async throws {
        let server = try await TestServer(way: way)
        let target = operation.target(["x"])
        let none = await server.send(operation.method, target)
        #expect((none.status, none.code) == (401, "authentication.required"))
        #expect(none.fields[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        for authorization in ["Bearer", "Bearer ", "Basic YTpi", "garbage", ""] {
            let answer = await server.send(operation.method, target, fields: [.authorization: authorization])
            #expect((answer.status, answer.code) == (401, "authentication.required"), "\(authorization)")
        }
        let garbage = await server.send(operation.method, target, token: "garbage")
        #expect((garbage.status, garbage.code) == (401, "bad.credentials"))
    }

    @Test(arguments: guarded, Way.allCases)
    func refusesRevokedExpiredAndOrphanedTokens(_ operation: APIOperation, _ way: Way) async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock, way: way)
        let target = operation.target(["x"])
        let revoked = try await server.token()
        #expect(
            try await server.call(IdentityEndpoints.revokeToken, NoParameters(), NoBody(), token: revoked).status == 204
        )
        #expect(await server.send(operation.method, target, token: revoked).status == 401)

        let registration = ClientRegistration(name: "gone")
        try await server.organizations.register(registration, in: server.organization, by: .test)
        let orphaned = try await server.token(of: registration)
        #expect(await server.send(.get, "/api/v2/users/me", token: orphaned).status == 200)
        try await server.organizations.change(server.organization, by: .test) { (draft) throws(APIError) in
            try draft.deleteClient(registration.client.id)
        }
        #expect(await server.send(operation.method, target, token: orphaned).status == 401)

        let expired = try await server.token()
        clock.advance(by: 3_599)
        #expect(await server.send(.get, "/api/v2/users/me", token: expired).status == 200)
        clock.advance(by: 1)
        #expect(await server.send(operation.method, target, token: expired).status == 401)
    }

    @Test(arguments: permitted, Way.allCases)
    func needsEachOfItsPermissions(_ operation: APIOperation, _ way: Way) async throws {
        let server = try await TestServer(way: way)
        let others = Permission.all.filter { !operation.permission.permissions.contains($0) }.map(\.rawValue)
        let answer = await server.send(
            operation.method,
            operation.target(["x"]),
            token: try await server.token(permissions: others)
        )
        #expect(answer.status == 403)
        let names = operation.permission.permissions.map(\.rawValue).joined(separator: ", ")
        switch operation.permission {
        case .any: #expect(answer.code == "missing.any.permissions")
        default: #expect(answer.code == "missing.permissions")
        }
        #expect(answer.json?["messageParams"]?["permissions"]?.string == names)

        let enough = try await server.token(permissions: operation.permission.permissions.map(\.rawValue))
        #expect(await server.send(operation.method, operation.target(["x"]), token: enough).status.code != 403)
    }

    @Test(arguments: guarded, Way.allCases)
    func needsItsScope(_ operation: APIOperation, _ way: Way) async throws {
        guard case .bearer(let scope?) = operation.access else { return }
        let server = try await TestServer(way: way)
        let all = Permission.all.map(\.rawValue)
        let readOnly = try await server.token(permissions: all, scopes: ["messaging:readonly"])
        let answer = await server.send(operation.method, operation.target(["x"]), token: readOnly)
        if scope == .readOnly {
            #expect(answer.status.code != 403)
        } else {
            #expect((answer.status, answer.code) == (403, "not.authorized"))
        }
    }

    @Test(arguments: APIOperation.all)
    func respondsToOtherMethodsWith405(_ operation: APIOperation) async throws {
        let server = try await TestServer()
        let methods = Set(APIOperation.all.filter { $0.path == operation.path }.map(\.method.rawValue))
        let allowed = methods.union(methods.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"])
        let options = await server.send(.options, operation.target(["x"]))
        #expect(options.status == 204)
        #expect(Set((options.fields[.allow] ?? "").split(separator: ", ").map(String.init)) == allowed)
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"]
        where !allowed.contains(method) {
            let answer = await server.send(try #require(.init(method)), operation.target(["x"]))
            #expect(answer.status == 405)
            #expect(Set((answer.fields[.allow] ?? "").split(separator: ", ").map(String.init)) == allowed)
        }
    }

    @Test(arguments: permitted.filter { $0.path.contains("{") }, Way.allCases)
    func objectsOfOtherOrganizationsAreLikeMissingOnes(_ operation: APIOperation, _ way: Way) async throws {
        let server = try await TestServer(way: way)
        let (foreign, token) = try await Self.foreign(to: server, operation)
        let example = operation.content.example.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        let body = operation.method == .patch ? #"{"name":"n"}"# : example
        let fields: HTTPFields = operation.body.mediaTypes.first.map { [.contentType: $0] } ?? [:]
        let other = await server.send(
            operation.method,
            operation.target([foreign]),
            token: token,
            fields: fields,
            body: body
        )
        let random = await server.send(
            operation.method,
            operation.target([Surroundings.system.makeID()]),
            token: token,
            fields: fields,
            body: body
        )
        #expect(other.status == 404)
        #expect(Self.comparable(other) == Self.comparable(random))
        #expect(other.fields.count == random.fields.count)
        let owners = await server.send(
            operation.method,
            operation.target([foreign]),
            token: try await server.token(),
            fields: fields,
            body: body
        )
        #expect(owners.status != 404)
    }

    @Test(arguments: permitted.filter { $0.method == .put })
    func objectsOfOtherOrganizationsInABodyAreLikeMissingOnes(_ operation: APIOperation) async throws {
        let server = try await TestServer()
        let (foreign, token) = try await Self.foreign(to: server, operation)
        let body = { (id: String) in #"{"id":"\#(id)","settingId":"\#(id)"}"# }
        let other = await server.send(.put, operation.path, token: token, body: body(foreign))
        let random = await server.send(.put, operation.path, token: token, body: body(Surroundings.system.makeID()))
        #expect(other.status == 404)
        #expect(Self.comparable(other) == Self.comparable(random))
    }

    @Test(
        arguments: permitted.filter { $0.method == .get && !$0.path.contains("{") && !$0.path.hasSuffix("default") },
        Way.allCases
    )
    func listsShowNothingOfAnotherOrganization(_ operation: APIOperation, _ way: Way) async throws {
        let server = try await TestServer(way: way)
        let (foreign, token) = try await Self.foreign(to: server, operation)
        let answer = await server.send(.get, operation.path, token: token)
        #expect(answer.status == 200)
        #expect(!String(decoding: answer.body ?? [], as: UTF8.self).contains(foreign))
    }

    /// Returns the id of an object of the operation's kind in the first organization, created from the example of the creating operation,
    /// and a token of a second organization. For the list of changes, the object is a setting.
    private static func foreign(to server: TestServer, _ operation: APIOperation) async throws -> (
        id: String, token: String
    ) {
        let kind = try #require(operation.kind ?? (operation == HistoryEndpoints.changes.operation ? .settings : nil))
        let creation = try #require(
            APIOperation.all.first { $0.kind == kind && $0.method == .post && !$0.path.contains("{") },
            "nothing creates an object of the kind \(kind.rawValue)"
        )
        let example = try #require(creation.content.example)
        let answer = await server.send(
            .post,
            creation.path,
            token: try await server.token(),
            body: String(decoding: example.bytes, as: UTF8.self)
        )
        let id = try #require(answer.json?["id"]?.string, "\(creation): \(answer)")
        let client = ClientRegistration(name: "other")
        _ = try await server.organizations.create(name: "Other", with: client, by: .test)
        return (id, try await server.token(of: client))
    }

    private static func comparable(_ answer: OutgoingResponse) -> JSON? {
        var object = answer.json?.object
        object?["contextId"] = nil
        return object.map(JSON.object)
    }
}
