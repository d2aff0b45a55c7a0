import MessagingContract
import Testing

@Suite("JSON documents that are accepted")
struct JSONAcceptTests {
    @Test(
        "a document has the value it says",
        arguments: [
            ("null", nil),
            (" \t\r\n true \n", true),
            ("false", false),
            ("0", 0),
            ("\"\"", ""),
            ("[]", []),
            ("[ \n\t]", []),
            ("{}", [:]),
            ("{ }", [:]),
            ("[null,true,false,1,\"a\",[],{}]", [nil, true, false, 1, "a", [], [:]]),
            ("[[[[1]],2]]", [[[[1]], 2]]),
            ("{\"a\":{\"b\":[{\"c\":null}]}}", ["a": ["b": [["c": nil]]]]),
            (" { \"a\" : 1 , \"b\" : [ 1 , 2 ] } ", ["a": 1, "b": [1, 2]]),
            ("{\"\":1}", ["": 1]),
            ("{\"a\":{\"a\":1},\"b\":{\"a\":1}}", ["a": ["a": 1], "b": ["a": 1]]),
            ("{\"a\":1,\"A\":2,\"a \":3}", ["a": 1, "A": 2, "a ": 3]),
            ("[\"a\",\"a\"]", ["a", "a"]),
            ("[\"/* no comment */\",\"// none\"]", ["/* no comment */", "// none"]),
        ] as [(String, JSON)]
    )
    func value(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: Array(text.utf8)) == expected)
    }

    @Test(
        "a string has the characters it says",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (#""/""#, "/"),
            (#""\u0041\u00e9\u00E9\u20ac""#, "Aéé€"),
            (#""\ud83d\ude00\uD83D\uDE00""#, "😀😀"),
            (#""\ud800\udc00\udbff\udfff""#, "\u{10000}\u{10FFFF}"),
            (#""\u0001\u001f\u007f""#, "\u{1}\u{1f}\u{7f}"),
            (#""\ud7ff\ue000\uffff\ufffe""#, "\u{d7ff}\u{e000}\u{ffff}\u{fffe}"),
            (#""\\u0000""#, "\\u0000"),
            (
                "\"\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}\"",
                "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}"
            ),
            ("\"a\u{feff}\u{2028}\u{2029}\"", "a\u{feff}\u{2028}\u{2029}"),
            (#""eight by\ntes and é\t😀 so on and on""#, "eight by\ntes and é\t😀 so on and on"),
        ]
    )
    func string(text: String, expected: String) throws {
        let string = try #require(try JSON(parsing: Array(text.utf8)).string)
        #expect(Array(string.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("the special bytes are found at every distance from the start", arguments: 0..<20)
    func alignment(length: Int) throws {
        for (escape, character) in [("\\n", "\n"), ("\\\"", "\""), ("\\\\", "\\"), ("é", "é"), ("", "")] {
            let padding = String(repeating: "x", count: length)
            let text = "\"\(padding)\(escape)\(padding)\""
            #expect(try JSON(parsing: Array(text.utf8)) == .string(padding + character + padding))
        }
    }

    @Test(
        "a number keeps its text",
        arguments: [
            "0", "-0", "1", "-1", "10", "1234567890", "0.0", "-0.0", "0.10", "1.5", "1e0", "1E0", "1e+1", "1e-1", "0e0",
            "0E+00", "-1.25e-07", "1e999999999", "-1E-999999999", "9223372036854775808",
            "123456789012345678901234567890.5",
        ]
    )
    func number(text: String) throws {
        for document in [text, "[\(text)]", "{\"a\":\(text)}", " \(text) "] {
            let value = try JSON(parsing: Array(document.utf8))
            let number = value.number ?? value.array?.first?.number ?? value["a"]?.number
            #expect(number?.literal == text)
        }
    }

    @Test("members keep their order")
    func order() throws {
        let object = try #require(try JSON(parsing: Array(#"{"z":1,"a":2,"m":3}"#.utf8)).object)
        #expect(object.map(\.name) == ["z", "a", "m"])
        #expect(object.map(\.value) == [1, 2, 3])
    }

    @Test("borrowed memory is read like an array")
    func span() throws {
        let bytes = Array("xx[1]xx".utf8)
        let value = try bytes[2..<5].withUnsafeBufferPointer { try JSON(parsing: $0.span) }
        #expect(value == [1])
    }
}
