import MessagingContract
import Testing

@Suite("JSON merge patches")
struct JSONMergePatchTests {
    private func parse(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    @Test(
        "the table of RFC 7396, appendix A",
        arguments: [
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
            (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b"}"#, #"{"a":null}"#, #"{}"#),
            (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
            (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
            (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
            (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
            (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#),
            (#"{"a":"foo"}"#, #"null"#, #"null"#),
            (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
            (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
            (#"[1,2]"#, #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
            (#"{}"#, #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        ]
    )
    func appendix(original: String, patch: String, result: String) throws {
        let merged = try parse(original).merging(patch: try parse(patch))
        #expect(String(decoding: merged.bytes, as: UTF8.self) == result)
    }

    @Test("the example of RFC 7396, section 3")
    func example() throws {
        let original: JSON = [
            "title": "Goodbye!", "author": ["givenName": "John", "familyName": "Doe"], "tags": ["example", "sample"],
            "content": "This will be unchanged",
        ]
        let patch: JSON = [
            "title": "Hello!", "phoneNumber": "+01-123-456-7890", "author": ["familyName": nil], "tags": ["example"],
        ]
        let result: JSON = [
            "title": "Hello!", "author": ["givenName": "John"], "tags": ["example"],
            "content": "This will be unchanged",
            "phoneNumber": "+01-123-456-7890",
        ]
        #expect(original.merging(patch: patch) == result)
        #expect(original.merging(patch: patch).bytes == result.bytes)
    }

    @Test("nulls inside arrays and inside unpatched members stay")
    func nulls() {
        let original: JSON = ["a": ["b": nil], "c": 1]
        #expect(
            original.merging(patch: ["d": [nil, ["e": nil]]]) == ["a": ["b": nil], "c": 1, "d": [nil, ["e": nil]]]
        )
        #expect(original.merging(patch: ["a": [:]]) == original)
    }

    @Test("names are distinguished by their scalars")
    func scalars() {
        let original: JSON = ["\u{e9}": 1]
        #expect(original.merging(patch: ["e\u{301}": nil]) == original)
        #expect(original.merging(patch: ["e\u{301}": 2]).object?.count == 2)
    }

    @Test("a patch as deep as the parser allows")
    func deep() throws {
        func nested(_ value: Int) -> [UInt8] {
            Array((String(repeating: "{\"a\":", count: 128) + "\(value)" + String(repeating: "}", count: 128)).utf8)
        }
        let patch = try JSON(parsing: nested(2), maximumDepth: 128)
        #expect(try JSON(parsing: nested(1), maximumDepth: 128).merging(patch: patch).bytes == nested(2))
        #expect(JSON.null.merging(patch: patch) == patch)
    }
}
