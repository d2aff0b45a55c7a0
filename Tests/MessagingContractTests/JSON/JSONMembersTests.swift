import MessagingContract
import Testing

@Suite struct JSONMembersTests {
    private static func members(_ text: String) throws -> JSON {
        .object(try JSON.members(["name", "version"], of: Array(text.utf8)))
    }

    @Test func readsOnlyTheNamedMembers() throws {
        let text = #" {"a":[1,{"name":"x"},"é\n",null],"name":"n\u00e9","version":"2","b":{"\u0061é":2},"c":-1.5e3} "#
        #expect(try Self.members(text) == ["name": "né", "version": "2"])
        #expect(try Self.members(#"{"name":"a","name":"b"}"#) == ["name": "a"])
        #expect(try Self.members(#"{"name":{"deep":[1]}}"#) == ["name": ["deep": [1]]])
        for nothing in ["{}", "[]", "1", #""name""#, #"[{"name":"x"}]"#] { #expect(try Self.members(nothing) == [:]) }
    }

    /// Everything that the parser refuses is refused, except repeated names.
    @Test(arguments: [
        "", " ", "{", #"{"a":1"#, #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", #"{"a":01}"#, #"{"a":"\x"}"#,
        "{\"a\":\"\u{1}\"}",
        #"{"a":"\ud800"}"#, #"{"a":tru}"#, #"{"a":1} x"#, "[1,]", #"{"a":[1}"#, #"{"a":"\u0000"}"#,
        "{\"o\":{a:1}}", #"{"o":{1:1}}"#, #"{"o":{"a" 1}}"#, #"{"o":{"\x":1}}"#, #"{"o":{"\ud800":1}}"#, #"{"o":{"a"#,
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    ])
    func invalidJSONIsRefused(_ text: String) {
        #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: Array(text.utf8)) }
        #expect(throws: JSON.SyntaxError.self) { try Self.members(text) }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: JSON.SyntaxError.self) {
            try JSON.members(["name"], of: Array(#"{"a":""#.utf8) + [0xFF] + Array(#""}"#.utf8))
        }
    }
}
