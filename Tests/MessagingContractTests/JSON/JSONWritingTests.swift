import MessagingContract
import Randomness
import Testing

@Suite("JSON writing")
struct JSONWritingTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("values are written without whitespace, members in order")
    func compact() {
        let value: JSON = ["z": [nil, true, false, -5, "a/b"], "a": [:], "m": []]
        #expect(text(value.bytes) == #"{"z":[null,true,false,-5,"a/b"],"a":{},"m":[]}"#)
    }

    @Test("only what must be is escaped")
    func escapes() {
        var bytes = Array("before ".utf8)
        JSON.writeString("\"\\/ \u{8}\u{9}\u{a}\u{c}\u{d} \u{0}\u{1}\u{1f}\u{7f} é€😀\u{2028}", to: &bytes)
        #expect(text(bytes) == "before \"\\\"\\\\/ \\b\\t\\n\\f\\r \\u0000\\u0001\\u001f\u{7f} é€😀\u{2028}\"")
    }

    @Test("escapes are right wherever they stand in a long string")
    func longStrings() throws {
        var random = SplitMix(seed: 12)
        let parts = ["\"", "\\", "\n", "\u{1}", "\u{1f}", "a", "é", "😀", String(repeating: "plain ", count: 20)]
        for length in 0..<300 {
            let string = (0..<length).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            var bytes: [UInt8] = []
            JSON.writeString(string, to: &bytes)
            let escaped = string.unicodeScalars.map { scalar in
                switch scalar {
                case "\"", "\\": "\\\(scalar)"
                case "\n": "\\n"
                case "\u{1}": "\\u0001"
                case "\u{1f}": "\\u001f"
                default: String(scalar)
                }
            }
            #expect(text(bytes) == "\"\(escaped.joined())\"")
        }
    }

    @Test("writing appends")
    func appending() {
        var bytes: [UInt8] = [1, 2]
        JSON.bool(true).write(to: &bytes)
        #expect(bytes == [1, 2] + Array("true".utf8))
    }

    @Test("the pretty form is stable")
    func pretty() {
        let value: JSON = [
            "openapi": "3.1.0", "empty": [[], [:]], "paths": ["/a": ["get": ["tags": ["x", 1], "deprecated": false]]],
        ]
        #expect(
            text(value.pretty) == """
                {
                  "openapi": "3.1.0",
                  "empty": [
                    [],
                    {}
                  ],
                  "paths": {
                    "/a": {
                      "get": {
                        "tags": [
                          "x",
                          1
                        ],
                        "deprecated": false
                      }
                    }
                  }
                }

                """
        )
        #expect(text(JSON.null.pretty) == "null\n")
        #expect(text(JSON.array([]).pretty) == "[]\n")
    }
}
