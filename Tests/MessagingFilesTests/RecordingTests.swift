import MessagingFiles
import MessagingSDK
import Testing

/// What is in a recording, and what a replay finds.
@Suite struct RecordingTests {
    private static func exchange(_ path: String, _ response: JSON, status: Int = 200) -> RecordedExchange {
        RecordedExchange(method: "GET", path: path, status: status, response: response)
    }

    @Test func aLineReturnsAsItWas() {
        var exchange = Self.exchange("/api/v2/x?y=1", ["a": [1, .null]])
        exchange.request = ["b": true]
        exchange.headers = ["content-type": "application/json"]
        #expect(RecordedExchange(exchange.json) == exchange)
        #expect(RecordedExchange(["method": "GET"]) == nil)
    }

    @Test(arguments: [
        ("jane@example.com", "address-1@example.invalid"), ("a jane@example.com, b", "a address-1@example.invalid, b"),
        ("@", "@"), ("a@", "a@"), ("@b", "@b"), ("x@y@z", "address-1@example.invalid@z"), ("no address", "no address"),
    ])
    func addressesAreReplaced(_ text: String, _ expected: String) {
        var redaction = Redaction()
        #expect(redaction.redacted(Self.exchange("/api/v2/users/me", .string(text))).response == .string(expected))
    }

    @Test func theSameValueGetsTheSamePlaceholder() {
        var redaction = Redaction()
        let one = redaction.redacted(Self.exchange("/api/v2/users/me", ["a@b.c", "d@e.f", "a@b.c"])).response
        #expect(one == ["address-1@example.invalid", "address-2@example.invalid", "address-1@example.invalid"])
        #expect(redaction.redacted(Self.exchange("/api/v2/users/me", "d@e.f")).response == "address-2@example.invalid")
    }

    @Test func secretsAndPersonsAreReplaced() {
        var redaction = Redaction()
        let response: JSON = [
            "name": "Chat", "webhookHeaders": ["X": "secret"],
            "outboundNotificationWebhookSignatureSecretToken": "secret",
            "createdBy": ["id": "1", "name": "Jane"], "access_token": "secret", "password": .null,
        ]
        #expect(
            redaction.redacted(Self.exchange("/api/v2/conversations/messaging/integrations/open/1", response)).response
                == [
                    "name": "Chat", "webhookHeaders": ["X": "redacted"],
                    "outboundNotificationWebhookSignatureSecretToken": "redacted",
                    "createdBy": ["id": "1", "name": "person-1"], "access_token": "redacted", "password": .null,
                ]
        )
    }

    @Test(arguments: [
        ("/api/v2/x?pageSize=2&email=jane%40example.com&expand=a", "/api/v2/x?pageSize=2&email=redacted&expand=a"),
        ("/api/v2/x?access_token=abc", "/api/v2/x?access_token=redacted"),
        ("/api/v2/x/jane%40example.com", "/redacted"),
        ("/api/v2/x/1", "/api/v2/x/1"),
    ])
    func onlyKnownParametersAreKept(_ path: String, _ expected: String) {
        var redaction = Redaction()
        #expect(redaction.redacted(Self.exchange(path, [:])).path == expected)
    }

    @Test func allTextsOfAnUnknownOperationAreReplaced() {
        var redaction = Redaction()
        let response: JSON = ["entities": [["id": "1", "total": 3, "isOpen": true]]]
        let redacted = redaction.redacted(Self.exchange("/api/v2/conversations/42", response))
        #expect(redacted.response == ["entities": [["id": "redacted", "total": 3, "isOpen": true]]])
    }

    @Test func aRequestThatChangesSomethingIsSentOnlyIfThatIsAllowed() async throws {
        var replay = Replay()
        var exchange = Self.exchange("/api/v2/x", [:])
        exchange.method = "PATCH"
        exchange.request = ["name": "A"]
        var sent = 0
        for allowsWrites in [false, true] {
            let result = try await replay.run(exchange, allowsWrites: allowsWrites) { _, _, _ in
                sent += 1
                return (200, [:])
            }
            #expect(result.isSkipped == !allowsWrites)
        }
        exchange.request = ["webhookHeaders": ["X": "redacted"]]
        let result = try await replay.run(exchange, allowsWrites: true) { _, _, _ in
            sent += 1
            return (200, [:])
        }
        #expect(result.isSkipped && sent == 1)
    }

    @Test func unknownMembersAndValuesAreCounted() {
        var unknown = UnknownMembers()
        let setting: JSON = [
            "id": "1", "name": "A", "colour": "red",
            "event": ["typing": ["on": ["inbound": "Sometimes"]], "join": [:]],
        ]
        let path = "/api/v2/conversations/messaging/settings"
        unknown.add(
            Self.exchange("\(path)?pageSize=1", ["entities": [setting, setting], "pageSize": 1, "pageCount": 1])
        )
        unknown.add(Self.exchange("\(path)/default", setting))
        unknown.add(Self.exchange("/api/v2/other", ["x": 1]))
        unknown.add(Self.exchange(path, ["x": 1], status: 400))
        #expect(
            unknown.counts == [
                "getConversationsMessagingSettings: entities[].colour": 2,
                "getConversationsMessagingSettings: entities[].event.join": 2,
                "getConversationsMessagingSettings: entities[].event.typing.on.inbound = \"Sometimes\"": 2,
                "getConversationsMessagingSettingsDefault: colour": 1,
                "getConversationsMessagingSettingsDefault: event.join": 1,
                "getConversationsMessagingSettingsDefault: event.typing.on.inbound = \"Sometimes\"": 1,
            ]
        )
    }

    private static func differences(_ recorded: JSON, _ present: JSON) async throws -> [String] {
        var replay = Replay()
        return try await replay.run(exchange("/x", recorded)) { _, _, _ in (200, present) }.differences
    }

    @Test func shapesAreComparedByTheirPathsAndTypes() async throws {
        let recorded: JSON = ["a": 1, "list": [["x": "1"], ["y": true]], "o": ["p": "q"]]
        #expect(
            try await Self.differences(recorded, ["a": 9, "list": [["y": false, "x": "2"]], "o": ["p": ""]]) == []
        )
        #expect(try await Self.differences(recorded, ["a": 9, "list": [], "o": ["p": ""]]) == [])
        #expect(
            try await Self.differences(recorded, ["a": "9", "list": [["y": 1]]]) == [
                "a is string, recorded as number", "list[].x is missing", "list[].y is number, recorded as boolean",
                "o is missing",
            ]
        )
        #expect(
            try await Self.differences(recorded, ["a": 1, "list": [], "o": ["p": "q", "r": 1], "new": []]) == [
                "new was not recorded", "o.r was not recorded",
            ]
        )
    }

    @Test func idsAreMappedInPathsAndBodies() async throws {
        var replay = Replay()
        _ = try await replay.run(
            Self.exchange("/list", ["entities": [["id": "1", "name": "A"], ["id": "2", "name": "B"]]])
        ) { _, _, _ in
            (200, ["entities": [["id": "20", "name": "B"], ["id": "10", "name": "A"]]])
        }
        var exchange = Self.exchange("/list/1/uses?of=2", [:])
        exchange.request = ["setting": ["id": "2"], "name": "1"]
        var sent: (String, JSON?)?
        _ = try await replay.run(exchange) { _, path, body in
            sent = (path, body)
            return (200, [:])
        }
        #expect(sent?.0 == "/list/10/uses?of=20")
        #expect(sent?.1 == ["setting": ["id": "20"], "name": "10"])
    }

    @Test func anObjectWithoutACounterpartIsSkipped() async throws {
        var replay = Replay()
        _ = try await replay.run(Self.exchange("/list", ["entities": [["id": "1", "name": "A"]]])) { _, _, _ in
            (200, ["entities": []])
        }
        let result = try await replay.run(Self.exchange("/list/1", [:])) { _, _, _ in
            Issue.record("it was sent")
            return (404, nil)
        }
        #expect(result.isSkipped)
    }
}
