import MessagingFiles
import MessagingSDK
import Testing

@testable import messaging

struct FieldTests {
    private static func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    @Test func eachKindHasItsFields() throws {
        for kind in ManagedKinds.all {
            #expect(try kind.declared.field(at: "name").isRequired)
            #expect(try kind.declared.field(at: "id").request == nil)
            for column in kind.columns { _ = try kind.listed.field(at: column) }
            for path in kind.references.keys { #expect(try kind.declared.field(at: path).request != nil) }
        }
    }

    @Test func anUnknownFieldNamesTheNearest() {
        #expect(
            throws: Failure.usage(
                #"there is no field "inbond" in content.story.mention"#,
                next: "Did you mean content.story.mention.inbound?"
            )
        ) {
            _ = try MessagingSetting.declared.field(at: "content.story.mention.inbond")
        }
    }

    @Test func theSwitchesOfASettingAreDescribed() throws {
        let field = try MessagingSetting.declared.field(at: "content.story.mention.inbound")
        #expect(
            FieldDescription(field, name: "it").lines() == [
                "it: string", "  optional.", "  Values: Enabled, Disabled.",
            ]
        )
    }

    @Test(arguments: [
        ("name", "Enabled", #""Enabled""#),
        ("mediaTypes.allow.inbound", "image/*, image/png", #"[{"type":"image/*"},{"type":"image/png"}]"#),
        ("mediaTypes.allow.inbound", #"[{"type":"a/b"}]"#, #"[{"type":"a/b"}]"#),
        ("mediaTypes.allow.inbound", "", "[]"),
        ("mediaTypes", "null", "null"),
    ])
    func aValueHasTheTypeOfItsField(path: String, text: String, value: String) throws {
        #expect(try SupportedContent.declared.field(at: path).value(text) == Self.json(value))
    }

    @Test func aReadOnlyFieldCannotBeWritten() {
        #expect(throws: Failure.self) { try SupportedContent.declared.field(at: "version").value("3") }
    }

    @Test func aDocumentMayBeTheOutputOfGet() throws {
        var document = RequestDocument(MessagingSetting.declared)
        try document.add(
            Self.json(#"{"id":"1","name":"A","version":"3","event":{"typing":{"on":{"inbound":"Enabled"}}}}"#)
        )
        document.set(["event", "typing", "on", "outbound"], to: "Disabled")
        #expect(
            try JSON.object(document.members)
                == Self.json(#"{"name":"A","event":{"typing":{"on":{"inbound":"Enabled","outbound":"Disabled"}}}}"#)
        )
    }

    @Test(arguments: [#"{"nmae":"A"}"#, #"{"event":{"typing":{"off":{}}}}"#, "[]"])
    func anUnknownMemberIsRefused(document: String) {
        #expect(throws: Failure.self) {
            var request = RequestDocument(MessagingSetting.declared)
            try request.add(Self.json(document))
        }
    }

    @Test func redactedSecretsAreNotSentBack() throws {
        var document = RequestDocument(OpenIntegration.declared)
        try document.add(Secrets.redacted(Self.json(#"{"name":"A","webhookHeaders":{"X-Key":"secret"}}"#)))
        #expect(document.members == ["name": "A"])
        #expect(throws: Failure.self) {
            try document.add(Self.json(#"{"webhookHeaders":{"X-Key":"redacted","X-Other":"new"}}"#))
        }
    }

    /// Returns the failures of a document for an integration as a request and as a patch.
    private static func refusals(_ members: JSON.Object) -> [Failure?] {
        var document = RequestDocument(OpenIntegration.declared)
        document.set(["name"], to: "A")
        document.set(["outboundNotificationWebhookUrl"], to: "https://messaging.example.com/o")
        for (name, value) in members { document.set([name], to: value) }
        let created = #expect(throws: Failure.self) {
            try document.read(for: "integrations") { (json) throws(FieldError) in
                try OpenIntegrationRequest(json: json)
            }
        }
        let updated = #expect(throws: Failure.self) {
            try document.read(for: "integrations") { (json) throws(FieldError) in
                try Patch<OpenIntegrationRequest>(json: json)
            }
        }
        return [created, updated]
    }

    @Test(arguments: [
        ("webhookHeaders", #"{"X-Key":8675309}"#), ("webhookHeaders", #""8675309""#),
        ("outboundNotificationWebhookSignatureSecretToken", "8675309"),
    ])
    func theFailureForASecretDoesNotQuoteIt(name: String, value: String) throws {
        var members: JSON.Object = ["outboundNotificationWebhookSignatureSecretToken": "0123456789abcdef"]
        members[name] = try Self.json(value)
        for refusal in Self.refusals(members) {
            let failure = try #require(refusal)
            #expect(failure.message.hasPrefix(name) && failure.message.hasSuffix(" has a value that is not allowed"))
            #expect(!failure.text.contains("8675309"))
        }
    }

    @Test func theFailureForAnotherFieldSaysWhatIsWrong() throws {
        for refusal in Self.refusals(["supportedContent": "none"]) {
            let failure = try #require(refusal)
            #expect(failure.message.contains("is not valid for field type [object]"))
            #expect(failure.next == "messaging explain integrations.supportedContent describes the field.")
        }
    }

    @Test func aMissingSecretIsNamed() {
        let name = "outboundNotificationWebhookSignatureSecretToken"
        let document = RequestDocument(OpenIntegration.declared)
        let failure = #expect(throws: Failure.self) {
            try document.read(for: "integrations") { (_) throws(FieldError) in
                throw FieldError(path: name, reason: .missing)
            }
        }
        #expect(failure?.message == "\(name) is required")
    }

    @Test func differencesShowNoSecret() throws {
        let before = try Self.json(
            #"{"name":"A","webhookHeaders":{"X-Key":"old-secret","X-Same":"same-secret"},"n":1}"#
        )
        let after = try Self.json(
            #"{"name":"B","webhookHeaders":{"X-Key":"new-secret","X-Same":"same-secret"},"list":["x"]}"#
        )
        #expect(
            Difference(from: before, to: after).lines(styled: false) == [
                #"~ name: "A" -> "B""#, #"~ webhookHeaders.X-Key: "redacted" -> "redacted""#, "- n: 1",
                #"+ list: ["x"]"#,
            ]
        )
        #expect(Difference(from: before, to: before).isEmpty)
    }

    @Test func aPatchIsAppliedAsTheAPIDoes() throws {
        let setting = try Self.json(
            #"{"name":"A","event":{"typing":{"on":{"inbound":"Enabled","outbound":"Enabled"}}}}"#
        )
        let one = try Patch<MessagingSettingRequest>(json: Self.json(#"{"event":{"typing":{"on":{"outbound":null}}}}"#))
        #expect(
            try one.applied(to: setting) == Self.json(#"{"name":"A","event":{"typing":{"on":{"inbound":"Enabled"}}}}"#)
        )
        let all = try Patch<MessagingSettingRequest>(json: Self.json(#"{"event":{}}"#))
        #expect(try all.applied(to: setting) == Self.json(#"{"name":"A"}"#))
        let profile = try Self.json(#"{"name":"A","mediaTypes":{"allow":{"inbound":[{"type":"a/b"}]}}}"#)
        let types = try Patch<SupportedContentRequest>(json: Self.json(#"{"mediaTypes":{"allow":{"outbound":[]}}}"#))
        #expect(try types.applied(to: profile) == Self.json(#"{"name":"A","mediaTypes":{"allow":{"outbound":[]}}}"#))
    }
}
