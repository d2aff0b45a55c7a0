import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Randomness
import Testing

/// An organization of its own for some hundred requests: its tokens, and the ids of its objects.
struct FuzzWorld: Sendable {
    private static let size = 12

    let server: TestServer
    let client: ClientRegistration
    let token: String
    /// Tokens with fewer or no permissions. The last one belongs to another organization.
    let others: [String]
    /// Tokens that may be revoked.
    let spare: [String]
    private let settings: [String]
    private let profiles: [String]
    private let integrations: [String]

    init(_ server: TestServer) async throws {
        self.server = server
        client = ClientRegistration(name: "all")
        let organization = try await server.organizations.create(name: "Fuzz", with: client, by: .test).id
        token = try await server.token(of: client)
        let nobody = ClientRegistration(name: "nobody", permissions: [])
        try await server.organizations.register(nobody, in: organization, by: .test)
        let revoked = try await server.token(of: client)
        _ = try await server.call(IdentityEndpoints.revokeToken, NoParameters(), NoBody(), token: revoked)
        others = [
            try await server.token(of: client, scope: "messaging:readonly"), try await server.token(of: nobody),
            revoked,
            try await server.token(),
        ]
        spare = [try await server.token(of: client), try await server.token(of: client)]
        settings = try await Self.make("settings", server, token)
        profiles = try await Self.make("supportedcontent", server, token)
        integrations = try await Self.make("integrations/open", server, token, OpenIntegrationRequest.example)
        for id in integrations { try await Self.complete(id, server, token) }
    }

    private static func make(
        _ kind: String,
        _ server: TestServer,
        _ token: String,
        _ example: JSON? = nil
    ) async throws -> [String] {
        var ids: [String] = []
        for index in 0..<size {
            var body = example?.object ?? [:]
            body["name"] = .string("\(index)")
            let path = "/api/v2/conversations/messaging/\(kind)"
            let text = String(decoding: JSON.object(body).bytes, as: UTF8.self)
            let answer = await server.send(.post, path, token: token, body: text)
            ids.append(try #require(answer.json?["id"]?.string))
        }
        return ids
    }

    private static func complete(_ id: String, _ server: TestServer, _ token: String) async throws {
        for _ in 0..<3_000 {
            let answer = await server.send(.get, "\(OpenIntegrationEndpoints.list.operation.path)/\(id)", token: token)
            if answer.json?["createStatus"] == "Completed" { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("an integration is not complete")
    }

    /// An id of an object of the kind that the operation is about; one that may go, for a DELETE, and now and then one of nothing.
    func id(for operation: APIOperation, _ random: inout SplitMix) -> String {
        let ids =
            if operation.path.contains("integrations") { integrations } else {
                operation.path.contains("supportedcontent") ? profiles : settings
            }
        if random.once(in: 12) { return "01a1b2c3-0000-7000-8000-000000000000" }
        let half = Self.size / 2
        return ids[operation.method == .delete ? half + random.number(below: half) : random.number(below: Self.size)]
    }

    /// A reference to a profile, which mostly exists.
    func reference(_ random: inout SplitMix) -> JSON { ["id": .string(random.pick(profiles))] }

    /// What a walk through all listings finds wrong; nil when all is as it must be.
    func complaint() async throws -> String? {
        let token = try await server.token(of: client)
        for kind in ["settings", "supportedcontent", "integrations/open"] {
            let path = "/api/v2/conversations/messaging/\(kind)"
            let objects = try await walk(path, token)
            let ids = objects.compactMap { $0["id"]?.string }
            if Set(ids).count != objects.count { return "\(path): an id is missing or repeated" }
            for object in objects {
                let name = object["name"]?.string ?? ""
                if name.allSatisfy(\.isWhitespace) { return "\(path): an object without a name: \(object.bytes.shown)" }
            }
            if let id = ids.randomElement(), await server.send(.get, "\(path)/\(id)", token: token).status != 200 {
                return "\(path)/\(id): listed, and not found"
            }
            if kind == "integrations/open" { continue }
            let chosen = await server.send(.get, "\(path)/default", token: token)
            guard chosen.status == 204 || ids.contains(chosen.json?["id"]?.string ?? "") else {
                return "\(path)/default: answered \(chosen.status) \((chosen.body ?? []).shown), which is not listed"
            }
        }
        return nil
    }

    private func walk(_ path: String, _ token: String) async throws -> [JSON] {
        var objects: [JSON] = []
        var page = 1
        while true {
            let answer = await server.send(.get, "\(path)?pageSize=100&pageNumber=\(page)", token: token)
            let entities = try #require(answer.json?["entities"]?.array, "\(path), page \(page): \(answer.status)")
            objects += entities
            if entities.count < 100 {
                #expect(answer.json?["total"] == JSON(integerLiteral: objects.count))
                return objects
            }
            page += 1
        }
    }
}
