import MessagingSDK
import Testing

@Suite struct ResponseTests {
    private func host(_ status: Int, _ text: String) -> @Sendable (Int, ScriptedHost.Request) -> ScriptedHost.Deed {
        let fields = [
            "ININ-Correlation-Id": "c-1", "inin-ratelimit-count": "7", "inin-ratelimit-allowed": "300",
            "inin-ratelimit-reset": "9", "ETag": "\"t-1\"",
        ]
        return { _, _ in .answer(status, fields: fields, text) }
    }

    @Test func whatCameWithAnAnswerIsRead() async throws {
        try await ScriptedHost.run(host(200, #"{"id":"a"}"#)) { host in
            let answer = try await host.client().response { client throws(MessagingError) in
                try await client.settings.get("a")
            }
            #expect(answer.value.id == "a")
            #expect(answer.metadata.status == 200)
            #expect(answer.metadata.correlationID == "c-1")
            #expect(answer.metadata.entityTag == EntityTag(opaque: "t-1"))
            #expect(answer.metadata.rateLimit?.allowed == 300)
        }
    }

    @Test func aDefaultThatIsToldByA404HasWhatCameWithIt() async throws {
        try await ScriptedHost.run(host(404, #"{"code":"not.found","status":404}"#)) { host in
            let answer = try await host.client().response { client throws(MessagingError) in
                try await client.settings.default()
            }
            #expect(answer.value == nil)
            #expect(answer.metadata.correlationID == "c-1")
        }
    }

    @Test func aRefusalHasWhatCameWithIt() async throws {
        try await ScriptedHost.run(host(403, #"{"code":"missing.permissions","status":403}"#)) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.list() }
            #expect(error?.status == 403)
            #expect(error?.metadata?.rateLimit?.count == 7)
        }
    }
}
