import Foundation
import MessagingSDK
import MessagingTesting
import Testing

@Suite(.generousLimit) struct ResponseTests {
    private static let get = MessagingSetting.endpoints.get
    private static let update = MessagingSetting.endpoints.update

    @Test func membersOfANewerHostAreKept() async throws {
        let response = #"""
            {"id":"webMessagingDefault","name":"n","version":"7","new":{"x":[1]},
             "event":{"typing":{"on":{"inbound":"Sometimes","outbound":"enabled"}},"reaction":{"on":true}},"content":null}
            """#
        try await ScriptedHost.run({ _, _ in .response(200, response) }) { host in
            let read = try await host.client().call(Self.get, EntityID("webMessagingDefault"))
            let setting = read.value
            #expect(read.metadata.json?["new"]?["x"] == [1])
            #expect(read.metadata.json?["event"]?["reaction"]?["on"] == true)
            #expect(setting.id == "webMessagingDefault")
            #expect(setting.event?.typing?.on?.inbound == Switch(rawValue: "Sometimes"))
            #expect(setting.event?.typing?.on?.outbound == .enabled)
            #expect(setting.content == nil)
            #expect(setting.json["event"]?["typing"]?["on"]?["inbound"] == "Sometimes")
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "<html>", #"{"id":7}"#, #"{"id":"a","event":[]}"#, #"{"id":"a","dateCreated":5}"#,
    ])
    func aResponseThatIsNoSettingIsAnError(_ response: String) async throws {
        try await ScriptedHost.run({ _, _ in .response(200, fields: ["ININ-Correlation-Id": "c-1"], response) }) {
            host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(error?.reason == .unreadable)
            #expect(error?.status == 200)
            #expect(error?.correlationID == "c-1")
            #expect(host.requests.count == 1)
        }
    }

    @Test func anErrorHasAllMembersOfTheHostsError() async throws {
        try await withMessagingServer { client in
            let error = await #expect(throws: MessagingError.self) {
                try await client.settings.create(MessagingSettingRequest(name: " "))
            }
            #expect(error?.reason == .refused)
            #expect(error?.status == 400)
            #expect(error?.body?.details.first?.fieldName == "name")
            #expect(error?.body?.contextId == error?.correlationID)
            #expect(error?.correlationID != nil)
            #expect(error?.operation == "postConversationsMessagingSettings")
            #expect(error?.description.contains("correlation id") == true)
        }
    }

    @Test func anErrorInAnotherFormThanTheVendorsIsReported() async throws {
        try await ScriptedHost.run({ number, _ in
            number == 1 ? .response(502, "<html>") : .response(500, #"{"message":7,"details":"x"}"#)
        }) { host in
            let first = await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(first?.status == 502 && first?.body == nil)
            let second = await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(second?.status == 500 && second?.body?.message == "")
        }
    }

    @Test func anErrorOfGenesysHasAllItsMembers() async throws {
        let body = #"""
            {"message":"m","code":"c","status":409,"entityId":"e-1","entityName":"n-1","messageWithParams":"{p}",
             "messageParams":{"p":"m"},"contextId":"c-1","details":[{"errorCode":"d","fieldName":"f","entityId":"e-2"}],
             "errors":[{"message":"inner","code":"i","errors":[{"code":"innermost","status":400}]},7],
             "limit":{"namespace":"messaging","key":"settings.max","value":100}}
            """#
        try await ScriptedHost.run({ _, _ in .response(409, body) }) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            let body = try #require(error?.body)
            #expect(body.entityId == "e-1" && body.entityName == "n-1")
            #expect(body.messageParams == ["p": "m"] && body.details.first?.entityId == "e-2")
            #expect(body.limit == APIError.Limit(namespace: "messaging", key: "settings.max", value: 100))
            #expect(body.errors.map(\.code) == ["i"])
            #expect(body.errors.first?.status == 409)
            #expect(body.errors.first?.errors.map(\.code) == ["innermost"])
            #expect(body.errors.first?.errors.first?.status == 400)
        }
    }

    @Test func deeplyNestedErrorsAreReadToALimit() async throws {
        let deep = String(repeating: #"{"errors":["#, count: 12) + String(repeating: "]}", count: 12)
        try await ScriptedHost.run({ _, _ in .response(400, deep) }) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(error?.body?.errors.count == 1)
        }
    }

    @Test(arguments: [(204, ""), (200, ""), (200, " null "), (404, #"{"code":"not.found"}"#)])
    func aDefaultThatIsNotSetIsNil(_ status: Int, _ body: String) async throws {
        try await ScriptedHost.run({ _, _ in .response(status, body) }) { host in
            let setting = try await host.client().settings.default()
            #expect(setting == nil)
            let old = try await host.client().messagingAPI.getMessagingSettingsDefault()
            #expect(old == nil)
        }
    }

    /// The 404 of a gateway that does not know the path does not report that no default is set.
    @Test func anotherNotFoundIsThrown() async throws {
        try await ScriptedHost.run({ _, _ in .response(404, #"{"message":"no Route matched with those values"}"#) }) {
            host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.default() }
            #expect(error?.status == 404)
        }
    }

    private func host(_ status: Int, _ text: String) -> @Sendable (Int, ScriptedHost.Request) -> ScriptedHost.Action {
        let fields = [
            "ININ-Correlation-Id": "c-1", "inin-ratelimit-count": "7", "inin-ratelimit-allowed": "300",
            "inin-ratelimit-reset": "9", "ETag": "\"t-1\"",
        ]
        return { _, _ in .response(status, fields: fields, text) }
    }

    @Test func metadataOfAResponseIsRead() async throws {
        try await ScriptedHost.run(host(200, #"{"id":"a"}"#)) { host in
            let response = try await host.client().call(Self.get, EntityID("a"))
            #expect(response.value.id == "a")
            #expect(response.metadata.status == 200)
            #expect(response.metadata.correlationID == "c-1")
            #expect(response.metadata.entityTag == EntityTag(opaque: "t-1"))
            #expect(response.metadata.rateLimit?.count == 7)
            #expect(response.metadata.rateLimit?.allowed == 300)
            #expect(response.metadata.rateLimit?.reset == .seconds(9))
        }
    }

    @Test func aDeprecatedOperationIsCalledByItsDeclaration() async throws {
        try await ScriptedHost.run(host(200, #"{"id":"a"}"#)) { host in
            let get = MessagingSettingEndpoints.deprecated.resource.get
            let response = try await host.client().call(get, EntityID("a"))
            #expect(response.value.id == "a")
            #expect(response.metadata.correlationID == "c-1")
            #expect(host.requests.map(\.target) == ["/api/v2/messaging/settings/a"])
        }
    }

    @Test func aPageIsRequestedByItsParameters() async throws {
        try await ScriptedHost.run({ number, _ in
            .response(
                200,
                fields: ["ININ-Correlation-Id": "c-\(number)"],
                #"{"entities":[{"id":"\#(number)"}],"pageCount":3}"#
            )
        }) { host in
            let client = host.client()
            for number in 1...3 {
                let page = try Paging(pageSize: 1, pageNumber: number)
                let response = try await client.call(MessagingSetting.endpoints.list, page)
                #expect(response.value.entities.map(\.id) == ["\(number)"])
                #expect(response.metadata.correlationID == "c-\(number)")
            }
            #expect(host.requests.last?.target.hasSuffix("?pageSize=1&pageNumber=3") == true)
        }
    }

    @Test func aDefaultThatIsNotSetHasItsMetadata() async throws {
        try await ScriptedHost.run(host(404, #"{"code":"not.found","status":404}"#)) { host in
            let get = MessagingSetting.defaultEndpoints.get
            let error = await #expect(throws: MessagingError.self) {
                try await host.client().call(get, NoParameters())
            }
            #expect(error?.status == 404)
            #expect(error?.metadata?.correlationID == "c-1")
        }
        try await ScriptedHost.run(host(204, "")) { host in
            let response = try await host.client().call(MessagingSetting.defaultEndpoints.get, NoParameters())
            #expect(response.value == nil)
            #expect(response.metadata.correlationID == "c-1")
        }
    }

    @Test func aRefusalHasItsMetadata() async throws {
        try await ScriptedHost.run(host(403, #"{"code":"missing.permissions","status":403}"#)) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.list() }
            #expect(error?.status == 403)
            #expect(error?.metadata?.rateLimit?.count == 7)
            #expect(error?.localizedDescription == error?.description)
        }
    }

    @Test func theEntityTagOfAResponseGuardsAChange() async throws {
        let time = ManualTime()
        let server = try await MessagingTestServer(requestsPerMinute: 50) { time.now }
        let client = try await server.client()
        let request = MessagingSettingRequest(name: "n")
        let made = try await client.call(MessagingSetting.endpoints.create, NoParameters(), body: request)
        #expect(made.metadata.status == 200)
        #expect(made.metadata.correlationID != nil)
        let read = try await client.call(Self.get, EntityID(made.value.id))
        #expect(read.value == made.value)
        #expect(read.metadata.rateLimit?.count == 2)
        #expect(read.metadata.rateLimit?.allowed == 50)
        #expect(read.metadata.entityTag != nil)
        var patch = Patch<MessagingSettingRequest>()
        patch.name = .set("m")
        let options = CallOptions(ifMatch: read.metadata.entityTag)
        #expect(try await client.settings.update(made.value.id, patch, options: options).version == "2")
        let error = await #expect(throws: MessagingError.self) {
            try await client.call(Self.update, EntityID(made.value.id), body: patch, options: options)
        }
        #expect(error?.status == 412)
        let again = try await client.call(Self.update, EntityID(made.value.id), body: patch)
        #expect(again.value.name == "m")
        #expect(again.metadata.entityTag != read.metadata.entityTag)
    }

    @Test func aCallThatCannotBeValidIsNotSent() async throws {
        try await ScriptedHost.run(host(200, #"{"id":"a"}"#)) { host in
            let client = host.client()
            for id in ["", ".", "..", "default"] {
                let error = await #expect(throws: MessagingError.self) {
                    try await client.call(Self.get, EntityID(id))
                }
                #expect(error?.reason == .invalidRequest)
                #expect(error?.operation == "getConversationsMessagingSetting")
            }
            let error = await #expect(throws: MessagingError.self) {
                try await client.call(Self.update, EntityID("a"), body: .clear)
            }
            #expect(error?.reason == .invalidRequest)
            #expect(error?.outcomeIsUnknown == false)
            #expect(host.requests.isEmpty)
        }
    }

    /// A transport would trap, or ignore a port that is no integer.
    @Test(arguments: ["http://messaging.test:65536", "http://[::1]:0/x", "http://messaging.test:99999999999999999999/"])
    func anAddressWithAnImpossiblePortIsNotCalled(_ address: String) async throws {
        let client = MessagingClient(
            baseURL: try #require(URL(string: address)),
            credentials: .accessToken("t"),
            transport: PlatformTransport()
        )
        let error = await #expect(throws: MessagingError.self) { try await client.settings.get("a") }
        #expect(error?.reason == .invalidRequest)
    }

    @Test func aWeakTagIsNone() async throws {
        try await ScriptedHost.run({ _, _ in .response(200, fields: ["ETag": "W/\"t-1\""], #"{"id":"a"}"#) }) { host in
            let response = try await host.client().call(Self.get, EntityID("a"))
            #expect(response.metadata.entityTag == nil)
        }
    }

    @Test func noDescriptionHasTheValueOfAField() async throws {
        try await ScriptedHost.run({ _, _ in .response(200, fields: ["X-Key": "S3CRET"], #"{"id":"a","x":"S3CRET"}"#) })
        {
            host in
            let mine: HTTPFields = [.init("X-Api-Key") ?? .accept: "S3CRET"]
            let options = CallOptions(headers: mine)
            let response = try await host.client().call(Self.get, EntityID("a"), options: options)
            var dumped = ""
            dump((options, response.metadata), to: &dumped)
            print(options, response.metadata, String(reflecting: response), to: &dumped)
            #expect(dumped.contains("X-Api-Key") && dumped.contains("X-Key"))
            #expect(!dumped.contains("S3CRET"))
        }
    }

    @Test func aRateLimitStatesWhenItEnds() async throws {
        let time = ManualTime()
        let server = try await MessagingTestServer(requestsPerMinute: 1) { time.now }
        var options = ClientOptions()
        options.retries = .never
        options.surroundings = time.surroundings
        let client = try await server.client(options: options)
        _ = try await client.settings.list()
        let error = await #expect(throws: MessagingError.self) { try await client.settings.list() }
        #expect(error?.status == 429)
        #expect(error?.retryAfter == .seconds(60))
        time.pass(.seconds(60))
        _ = try await client.settings.list()
    }
}
