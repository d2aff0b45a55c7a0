import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

/// The visible parts of objects that a caller may not view, in all operations.
@Suite struct DisclosureTests {
    private static let settings = "/api/v2/conversations/messaging/settings"
    private static let profiles = "/api/v2/conversations/messaging/supportedcontent"
    private static let all = "/api/v2/conversations/messaging/integrations"
    private static let open = all + "/open"
    private static let token = "the-secret-token-of-an-integration"
    private static let header = "the-value-of-a-header"

    /// A server with a setting and a profile, and an integration that has both and secrets.
    private struct World {
        let server: TestServer
        let owner: String
        let setting: String
        let profile: String
        let integration: String

        init(_ way: Way = .general) async throws {
            server = try await TestServer(way: way)
            owner = try await server.token()
            let setting = await server.send(.post, settings, token: owner, body: #"{"name":"private setting"}"#)
            self.setting = try setting.decoded(MessagingSetting.self).id
            let profile = await server.send(.post, profiles, token: owner, body: #"{"name":"private profile"}"#)
            self.profile = try profile.decoded(SupportedContent.self).id
            integration = try await IntegrationTests.create(
                server,
                owner,
                DisclosureTests.body(setting: self.setting, profile: self.profile)
            )
        }

        /// A token that may do these things only, `integration:view`.
        func token(_ permissions: String...) async throws -> String {
            try await server.token(permissions: permissions.map { "messaging:\($0)" })
        }
    }

    private static func body(_ name: String = "private integration", setting: String, profile: String) -> String {
        #"{"name":"\#(name)","outboundNotificationWebhookUrl":"https://a.example/x","#
            + #""outboundNotificationWebhookSignatureSecretToken":"\#(token)","webhookHeaders":{"X-Key":"\#(header)"},"#
            + #""supportedContent":{"id":"\#(profile)"},"messagingSetting":{"id":"\#(setting)"}}"#
    }

    private static func text(_ answer: OutgoingResponse) -> String {
        String(decoding: answer.body ?? [], as: UTF8.self)
    }

    @Test(arguments: Way.allCases) func anExpansionShowsOnlyWhatItsCallerMayView(_ way: Way) async throws {
        let world = try await World(way)
        let both = ["supportedContent:view", "setting:view"]
        for held in [[], [both[0]], [both[1]], both] {
            let token = try await world.server.token(
                permissions: (held + ["integration:view"]).map { "messaging:\($0)" }
            )
            for (target, expanded) in [
                ("\(Self.all)?expand=supportedContent,messagingSetting", held),
                ("\(Self.open)?expand=supportedContent", held.filter { $0 == both[0] }),
                ("\(Self.open)?expand=messagingSetting", held.filter { $0 == both[1] }),
                ("\(Self.open)/\(world.integration)?expand=supportedContent", held.filter { $0 == both[0] }),
                ("\(Self.open)/\(world.integration)?expand=messagingSetting", held.filter { $0 == both[1] }),
            ] {
                let answer = await world.server.send(.get, target, token: token)
                #expect(answer.status == 200)
                let object = answer.json?["entities"]?.array?.first ?? answer.json
                for (member, permission, id) in [
                    ("supportedContent", both[0], world.profile), ("messagingSetting", both[1], world.setting),
                ] {
                    let reference = object?[member]?.object ?? [:]
                    #expect(reference["id"]?.string == id)
                    #expect(reference["selfUri"]?.string?.hasSuffix(id) == true)
                    #expect((reference["name"] != nil) == expanded.contains(permission), "\(target) \(held)")
                    #expect((reference.count > 2) == expanded.contains(permission))
                }
            }
        }
    }

    @Test(arguments: Way.allCases) func aCallerWhoSeesLessGetsAnotherTag(_ way: Way) async throws {
        let world = try await World(way)
        let viewer = try await world.token("integration:view", "setting:view")
        let usage = "/platform/v1/settings/\(world.setting)/usage"
        for target in [
            "\(Self.all)?expand=supportedContent", "\(Self.open)?expand=supportedContent",
            "\(Self.open)/\(world.integration)?expand=supportedContent",
        ] {
            let tag = try #require(await world.server.send(.get, target, token: world.owner).fields[.eTag])
            let fields: HTTPFields = [.ifNoneMatch: tag]
            #expect(await world.server.send(.get, target, token: viewer, fields: fields).status == 200, "\(target)")
            let own = try #require(await world.server.send(.get, target, token: viewer).fields[.eTag])
            #expect(
                await world.server.send(.get, target, token: viewer, fields: [.ifNoneMatch: own]).status == 304
            )
        }
        let tag = try #require(await world.server.send(.get, usage, token: world.owner).fields[.eTag])
        let blind = try await world.token("setting:view")
        #expect(await world.server.send(.get, usage, token: blind, fields: [.ifNoneMatch: tag]).status == 200)
    }

    @Test func theSecretTokenIsOnlyInTheResponseToTheRequestThatContainedIt() async throws {
        let world = try await World()
        let (server, path) = (world.server, "\(Self.open)/\(world.integration)")
        let member = "outboundNotificationWebhookSignatureSecretToken"
        for body in ["{}", #"{"name":"m"}"#, #"{"webhookHeaders":{"A":"b"}}"#] {
            let answer = await server.send(.patch, path, token: world.owner, body: body)
            #expect(answer.status == 200)
            #expect(answer.json?[member] == nil)
        }
        let carried = "another-secret-token-of-it"
        let change = #"{"\#(member)":"\#(carried)"}"#
        #expect(
            await server.send(.patch, path, token: world.owner, body: change).json?[member]?.string == carried
        )
        let restorations = "/platform/v1/integrations/\(world.integration)/restorations"
        for body in [#"{"version":2}"#, "{}"] {
            let restored = await server.send(.post, restorations, token: world.owner, body: body)
            #expect(restored.status == 200)
            #expect(restored.json?[member] == nil)
        }
        #expect(await server.send(.delete, path, token: world.owner).status == 204)
        let back = await server.send(.post, restorations, token: world.owner, body: "{}")
        #expect(back.status == 200)
        #expect(back.json?[member] == nil)
    }

    @Test func webhookHeadersAreForCallersWhoMayViewIntegrations() async throws {
        let world = try await World()
        let (server, path) = (world.server, "\(Self.open)/\(world.integration)")
        let restorations = "/platform/v1/integrations/\(world.integration)/restorations"
        let body = Self.body("made", setting: world.setting, profile: world.profile)
        let key: HTTPFields = [.named("Idempotency-Key"): "k"]
        let headers = #"{"webhookHeaders":{"X-Key":"\#(Self.header)"}}"#
        for isViewer in [false, true] {
            let view = isViewer ? ["integration:view"] : []
            let permissions = (["integration:add", "integration:edit"] + view).map { "messaging:\($0)" }
            let token = try await server.token(permissions: permissions)
            for answer in [
                await server.send(.post, Self.open, token: token, fields: key, body: body),
                await server.send(.post, Self.open, token: token, fields: key, body: body),
                await server.send(.patch, path, token: token, body: "{}"),
                await server.send(.patch, path, token: token, body: headers),
                await server.send(.post, restorations, token: token, body: "{}"),
            ] {
                #expect(answer.status == 200)
                #expect((answer.json?["webhookHeaders"] != nil) == isViewer)
                #expect(Self.text(answer).contains(Self.header) == isViewer)
            }
        }
    }

    @Test(arguments: ["settings", "supportedcontent"])
    func aRefusalNamesIntegrationsToCallersWhoMayViewThem(_ kind: String) async throws {
        let world = try await World()
        let path = kind == "settings" ? "\(Self.settings)/\(world.setting)" : "\(Self.profiles)/\(world.profile)"
        let permission = kind == "settings" ? "setting:delete" : "supportedContent:delete"
        let blind = await world.server.send(.delete, path, token: try await world.token(permission))
        #expect((blind.status, blind.code) == (400, "bad.request"))
        #expect(blind.json?["message"] == "It is used by an integration and cannot be deleted.")
        #expect(blind.json?["details"] == [])
        #expect(!Self.text(blind).contains(world.integration))
        let viewer = try await world.token(permission, "integration:view")
        let seen = await world.server.send(.delete, path, token: viewer)
        #expect(seen.status == 400)
        #expect(seen.json?["details"]?.array?.first?["entityId"]?.string == world.integration)
    }

    @Test(arguments: ["settings", "supportedcontent"], Way.allCases)
    func usageCountsIntegrationsForCallersWhoMayNotViewThem(_ kind: String, _ way: Way) async throws {
        let world = try await World(way)
        let target = "/platform/v1/\(kind)/\(kind == "settings" ? world.setting : world.profile)/usage"
        let permission = kind == "settings" ? "setting:view" : "supportedContent:view"
        let blind = await world.server.send(.get, target, token: try await world.token(permission))
        #expect(blind.status == 200)
        #expect(blind.json?["integrations"]?["total"] == 1)
        #expect(blind.json?["integrations"]?["entities"] == [])
        #expect(!Self.text(blind).contains("private integration"))
        #expect(!Self.text(blind).contains(world.integration))
        let viewer = try await world.token(permission, "integration:view")
        let seen = await world.server.send(.get, target, token: viewer)
        #expect(
            seen.json?["integrations"]?["entities"]?.array?.map { $0["id"]?.string } == [world.integration]
        )
    }

    /// An integration may refer to any existing object, whether or not the caller may view it.
    @Test func aReferenceToAHiddenObjectIsAccepted() async throws {
        let world = try await World()
        let token = try await world.token("integration:add")
        let body = Self.body(setting: world.setting, profile: world.profile)
        let made = await world.server.send(.post, Self.open, token: token, body: body)
        #expect(made.status == 200)
        #expect(made.json?["messagingSetting"]?.object?.count == 2)
        #expect(!Self.text(made).contains("private setting"))
        #expect(!Self.text(made).contains("private profile"))
    }

    @Test(arguments: ["settings", "supportedcontent", "integrations"])
    func aRestorationNeedsThePermissionOfItsEffect(_ kind: String) async throws {
        let world = try await World()
        let server = world.server
        let entity = ["settings": "setting", "supportedcontent": "supportedContent"][kind] ?? "integration"
        let path =
            switch kind {
            case "settings": "\(Self.settings)/\(world.setting)"
            case "supportedcontent": "\(Self.profiles)/\(world.profile)"
            default: "\(Self.open)/\(world.integration)"
            }
        let id = path.split(separator: "/").last ?? ""
        let target = "/platform/v1/\(kind)/\(id)/restorations"
        if kind != "integrations" {
            #expect(await server.send(.delete, "\(Self.open)/\(world.integration)", token: world.owner).status == 204)
        }
        #expect(await server.send(.patch, path, token: world.owner, body: #"{"name":"m"}"#).status == 200)
        let (adder, editor) = (try await world.token("\(entity):add"), try await world.token("\(entity):edit"))
        func restore(_ token: String, _ target: String) async -> OutgoingResponse {
            await server.send(.post, target, token: token, body: "{}")
        }
        func expectMissing(_ action: String, _ answer: OutgoingResponse) {
            #expect((answer.status, answer.code) == (403, "missing.permissions"))
            #expect(answer.json?["messageParams"]?["permissions"]?.string == "messaging:\(entity):\(action)")
        }
        expectMissing("edit", await restore(adder, target))
        #expect(await restore(editor, target).status == 200)
        #expect(await server.send(.delete, path, token: world.owner).status == 204)
        expectMissing("add", await restore(editor, target))
        expectMissing("add", await restore(editor, "/platform/v1/\(kind)/none/restorations"))
        #expect(await restore(adder, "/platform/v1/\(kind)/none/restorations").status == 404)
        #expect(await server.send(.get, path, token: world.owner).status == 404)
        #expect(await restore(adder, target).status == 200)
        #expect(await server.send(.get, path, token: world.owner).status == 200)
    }
}
