import MessagingContract
import Testing

@Suite struct ConstraintTests {
    private struct Thing: WireObject {
        var code = ""

        static let fields: [Field<Self>] = [.required("code", \.code, constraint: short)]

        private static let short = Constraint<String>(["maxLength": 2]) { (text) throws(FieldError) in
            if text.unicodeScalars.count > 2 { throw FieldError(reason: .constraint("must be short")) }
        }
    }

    @Test func aConstraintNarrowsTheSchemaAndRefusesARequest() throws {
        let schema = Thing.schema(.request).components["ThingRequest"]
        #expect(schema?["properties"]?["code"]?["maxLength"] == 2)
        #expect(try Thing(json: ["code": "ab"]).code == "ab")
        let error = #expect(throws: FieldError.self) { try Thing(json: ["code": "abc"]) }
        #expect(error == FieldError(path: "code", reason: .constraint("must be short")))
    }

    @Test func aResponseIsReadAsItIs() throws {
        #expect(try Thing(json: ["code": "abc"], side: .response).code == "abc")
    }

    @Test(arguments: [("a", 0), ("b", 15), ("c", 16), ("d", 1_024), ("e", 1_025)])
    func schemaAndCheckHaveTheSameLimits(_ letter: String, _ count: Int) throws {
        let token = "outboundNotificationWebhookSignatureSecretToken"
        let schema = OpenIntegrationRequest.schema(.request).components["OpenIntegrationRequest"]?["properties"]?[token]
        let least = try #require(schema?["minLength"]?.number?.int)
        let most = try #require(schema?["maxLength"]?.number?.int)
        let request: JSON = [
            "name": "n", "outboundNotificationWebhookUrl": "https://a.example",
            "outboundNotificationWebhookSignatureSecretToken": .string(String(repeating: letter, count: count)),
        ]
        #expect(((try? OpenIntegrationRequest(json: request)) != nil) == (least...most).contains(count))
    }
}
