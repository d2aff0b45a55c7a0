import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

/// Integrations are created while the defaults change under them and objects come and go.
@Suite struct IntegrationRaceTests {
    private static let clients = 64
    private static let each = 6

    /// A created integration, with the organization's revisions before the request and after the response.
    private struct Created: Sendable {
        let id: String
        let start: Revision
        let end: Revision
        let profile: String?
        let setting: String?
    }

    @Test(.generousLimit) func everyIntegrationGetsADefaultOfItsTime() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let created = try await withThrowingTaskGroup(of: Void.self) { turbulence in
            for number in 0..<4 {
                turbulence.addTask { while !Task.isCancelled { try await Self.stir(server, token, number) } }
            }
            defer { turbulence.cancelAll() }
            return try await withThrowingTaskGroup(of: [Created].self) { group in
                for number in 0..<Self.clients { group.addTask { try await Self.create(server, token, number) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        #expect(created.count == Self.clients * Self.each)
        let changes = try #require(try await server.store.changes(of: server.organization, after: 0, limit: .max))
        try Self.check(created, against: changes)
        let stored = try #require(try await server.store.load(server.organization))
        #expect(Self.replay(changes) == Set(stored.records))
    }

    /// Makes an object, makes it the default for a while, and tries to delete it.
    private static func stir(_ server: TestServer, _ token: String, _ number: Int) async throws {
        let (kind, member) = number.isMultiple(of: 2) ? ("supportedcontent", "id") : ("settings", "settingId")
        let path = "/api/v2/conversations/messaging/\(kind)"
        let made = await server.send(.post, path, token: token, body: #"{"name":"n"}"#)
        let id = try #require(made.json?["id"]?.string)
        let set = await server.send(.put, "\(path)/default", token: token, body: #"{"\#(member)":"\#(id)"}"#)
        #expect(set.status == 200)
        let deleted = await server.send(.delete, "\(path)/\(id)", token: token)
        #expect([204, 400].contains(deleted.status.code))
        if kind == "settings" { _ = await server.send(.delete, "\(path)/default", token: token) }
        let again = await server.send(.delete, "\(path)/\(id)", token: token)
        #expect([204, 400, 404].contains(again.status.code))
    }

    private static func create(_ server: TestServer, _ token: String, _ number: Int) async throws -> [Created] {
        var created: [Created] = []
        for index in 0..<each {
            let start = try await revision(server)
            let request = OpenIntegrationRequest(
                name: "\(number)-\(index)",
                outboundNotificationWebhookUrl: "https://a.example",
                outboundNotificationWebhookSignatureSecretToken: "0123456789abcdef"
            )
            let answer = try await server.call(OpenIntegrationEndpoints.create, NoParameters(), request, token: token)
            let integration = try OpenIntegration(json: #require(answer.json), side: .response)
            created.append(
                Created(
                    id: integration.id,
                    start: start,
                    end: try await revision(server),
                    profile: integration.supportedContent?.id,
                    setting: integration.messagingSetting?.id
                )
            )
        }
        return created
    }

    private static func revision(_ server: TestServer) async throws -> Revision {
        try #require(try await server.organizations.snapshot(of: server.organization)).revision
    }

    /// The records after the whole history is replayed.
    private static func replay(_ changes: [Change]) -> Set<Record> {
        var records: [[String]: Record] = [:]
        for change in changes {
            records[[change.kind.rawValue, change.id]] = change.after.map {
                Record(kind: change.kind, id: change.id, bytes: $0)
            }
        }
        return Set(records.values)
    }

    /// Goes through the history: at every revision each integration refers to objects that are there, and each got the defaults of the
    /// revision before its own, which lies between the beginning and the end of its request.
    private static func check(_ created: [Created], against changes: [Change]) throws {
        var objects: [RecordKind: Set<String>] = [:]
        var defaults: [String: String] = [:]
        var references: [String: [String]] = [:]
        var births: [String: (revision: Revision, profile: String?, setting: String?)] = [:]
        for change in changes {
            let after = try change.after.map { try JSON(parsing: $0) }
            switch change.kind {
            case .defaultObject:
                defaults[change.id] = after?["name"]?.string
            case .supportedContent, .messagingSetting:
                if after != nil {
                    objects[change.kind, default: []].insert(change.id)
                } else {
                    objects[change.kind]?.remove(change.id)
                    #expect(!references.values.joined().contains(change.id))
                }
            case .openIntegration where change.before == nil:
                let profile = defaults[RecordKind.supportedContent.rawValue]
                let setting = defaults[RecordKind.messagingSetting.rawValue]
                births[change.id] = (change.revision, profile, setting)
                #expect(after?["supportedContent"]?["id"]?.string == profile)
                #expect(after?["messagingSetting"]?["id"]?.string == setting)
            default: break
            }
            if change.kind == .openIntegration {
                references[change.id] = ["supportedContent", "messagingSetting"].compactMap {
                    after?[$0]?["id"]?.string
                }
            }
        }
        for integration in created {
            let birth = try #require(births[integration.id])
            #expect(birth.revision > integration.start)
            #expect(birth.revision <= integration.end)
            #expect(birth.profile == integration.profile)
            #expect(birth.setting == integration.setting)
            #expect(objects[.supportedContent]?.contains(try #require(integration.profile)) == true)
            if let setting = integration.setting { #expect(objects[.messagingSetting]?.contains(setting) == true) }
        }
        #expect(Set(created.map(\.profile)).count > 1)
        #expect(Set(created.map(\.setting)).count > 1)
    }
}
