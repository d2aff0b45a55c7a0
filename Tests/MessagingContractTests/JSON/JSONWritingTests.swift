import MessagingContract
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
