import MessagingContract
import Testing

@Suite struct WireObjectTests {
    @Test func emptyObjectsAndNullsAreAbsent() throws {
        let request = try MessagingSettingRequest(
            document: Array(
                #"{"name":"n","content":{"story":{"mention":{},"reply":null}},"event":{"typing":{"on":{}}}}"#.utf8
            )
        )
        #expect(request == MessagingSettingRequest(name: "n"))
        #expect(request.json == ["name": "n"])
    }

    @Test func emptyListsAreKept() throws {
        let text = #"{"name":"n","mediaTypes":{"allow":{"inbound":[],"outbound":[{"type":"image/*"}]}}}"#
        let request = try SupportedContentRequest(document: Array(text.utf8))
        #expect(request.mediaTypes?.allow?.inbound == [])
        #expect(request.json.bytes == Array(text.utf8))
    }

    @Test func unknownAndReadOnlyMembersAreIgnored() throws {
        let text = #"{"id":7,"version":"x","dateCreated":false,"other":[{}],"name":"n"}"#
        #expect(try SupportedContentRequest(document: Array(text.utf8)) == SupportedContentRequest(name: "n"))
    }

    @Test(arguments: ["enabled", "ENABLED", "Enabled"])
    func switchesAreReadInAnyCase(_ text: String) throws { #expect(try Switch(json: .string(text)) == .enabled) }

    @Test(arguments: [
        (
            #"{"content":{"story":{"mention":{"inbound":"outdated_sdk_version"}}},"name":"n"}"#,
            "content.story.mention.inbound"
        ),
        (#"{"event":{"typing":{"on":{"outbound":1}}},"name":"n"}"#, "event.typing.on.outbound"),
        (#"{"event":{"typing":[]},"name":"n"}"#, "event.typing"), (#"{"name":5}"#, "name"), (#"{}"#, "name"),
        (#"{"name":null}"#, "name"),
    ])
    func aRefusedFieldIsNamed(_ text: String, _ field: String) {
        let error = #expect(throws: APIError.self) { try MessagingSettingRequest(document: Array(text.utf8)) }
        #expect(error?.status == 400)
        #expect(error?.details.first?.fieldName == field)
        #expect(error?.details.first?.errorCode == error?.code)
    }

    @Test(arguments: ["null", "[]", "5", #""name""#])
    func aBodyMustBeAnObject(_ text: String) {
        let error = #expect(throws: APIError.self) { try MessagingSettingRequest(document: Array(text.utf8)) }
        #expect(error?.code == "bad.request")
        #expect(error?.details == [])
    }

    @Test func aRefusedElementIsNamedWithItsIndex() {
        let text = #"{"name":"n","mediaTypes":{"allow":{"inbound":[{"type":"a/b"},{"type":"*/png"}]}}}"#
        let error = #expect(throws: APIError.self) { try SupportedContentRequest(document: Array(text.utf8)) }
        #expect(error?.details.first?.fieldName == "mediaTypes.allow.inbound[1].type")
        #expect(error?.code == "invalid.value")
    }

    @Test(arguments: ["image/jpeg", "image/*", "*/*", "application/vnd.oasis.opendocument.text", "A/B", "x/y+z"])
    func mediaTypesAreAccepted(_ type: String) throws {
        #expect(try MediaType(json: ["type": .string(type)]).type == type)
    }

    @Test(arguments: [
        "", "image", "image/", "/png", "*/png", "image/*/x", "image/p*", "im age/png", "image/png;q=1", "*", "**/*",
        "é/x",
    ])
    func otherStringsAreNotMediaTypes(_ type: String) {
        #expect(throws: FieldError.self) { try MediaType(json: ["type": .string(type)]) }
    }

    @Test func errorsFillTheirTemplateOnceAndReadBack() throws {
        let error = APIError.invalidParameter("pageSize", value: "{allowed}{x", allowed: "1 to 100")
        #expect(
            error.message == "Value [{allowed}{x] is not valid for parameter [pageSize]. Allowable values are: 1 to 100"
        )
        #expect(error.messageParams?["value"] == "{allowed}{x")
        #expect(try APIError(json: error.json) == error)
    }

    @Test func aQuotedValueIsShort() {
        let value = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(APIError(FieldError(.string(value), isNot: "string")).message.utf8.count < 1_000)
        #expect(APIError.invalidParameter("p", value: value, allowed: "").message.utf8.count < 1_000)
    }

    @Test func theCauseOfAnErrorIsNeverWritten() {
        let error = APIError.internalServerError.caused(by: "the secret cause")
        #expect(!String(decoding: error.json.bytes, as: UTF8.self).contains("secret"))
    }
}
