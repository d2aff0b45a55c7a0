import MessagingFiles
import MessagingSDK
import Testing

/// Documents in YAML and JSON: what is read, and where an error is.
@Suite struct DocumentTests {
    @Test(arguments: [
        ("a: yes", #"{"a":"yes"}"#), ("a: 1e3", #"{"a":1e3}"#), ("a: 1_000", #"{"a":"1_000"}"#),
        ("a: 0777", #"{"a":"0777"}"#),
        ("a: ~", #"{"a":null}"#), ("a:", #"{"a":null}"#), ("a: 'true'", #"{"a":"true"}"#), ("a: true", #"{"a":true}"#),
        ("- x\n- {y: [1, 2]}", #"["x",{"y":[1,2]}]"#), ("a: |\n  one\n  two\n", #"{"a":"one\ntwo\n"}"#), ("", "null"),
        ("12: y", #"{"12":"y"}"#),
    ])
    func yamlIsReadByTheCoreSchema(_ text: String, _ expected: String) throws {
        #expect(try JSON(yaml: Array(text.utf8)) == JSON(parsing: Array(expected.utf8)))
    }

    @Test(arguments: [
        ("a: [1,\nb: 2\nc: }", 3, 2), ("a: 1\n\tb: 2", 2, 1), ("a: 1\na: 2", 1, 1), ("a: *x", 1, 4), ("{1: [}", 1, 6),
    ])
    func anErrorInYAMLHasItsPlace(_ text: String, _ line: Int, _ column: Int) throws {
        let error = #expect(throws: DocumentError.self) { try JSON(yaml: Array(text.utf8)) }
        #expect(error.map { [$0.line, $0.column] } == [line, column], "\(error.map { "\($0)" } ?? "")")
    }

    @Test(arguments: ["a: &x [1]\nb: *x", "a0: &a0 [x]\n? *a0\n: 1", "{&a a: [*a]}"])
    func aliasesAreRefused(_ text: String) {
        let error = #expect(throws: DocumentError.self) { try JSON(yaml: Array(text.utf8)) }
        #expect(error?.reason == "anchors and aliases are not read")
    }

    @Test func aliasesWithinAliasesTakeNoTime() {
        let lines = (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let text = "a0: &a0 [x]\n" + lines.joined(separator: "\n") + "\n? *a60\n: 1\n"
        #expect(throws: DocumentError.self) { try JSON(yaml: Array(text.utf8)) }
    }

    @Test func textsWithTheirCharactersAreNoAliases() throws {
        let text = "a: \"&x *y\"\nb: 'don''t &x *y'\nc: \"\\\"&x *y\" # &x *y\nd: image/*\ne: Q&A *\n"
        #expect(try JSON(yaml: Array(text.utf8))["d"] == "image/*")
    }

    @Test(arguments: [
        "yes", "no", "1e3", "null", "", " leading", "trailing ", "a: b", "# no comment", "\"quoted\"", "line\nfeed",
        "tab\tand\u{7}bell", "é\u{301}",
        "👩‍👩‍👧", "\u{202E}right", "~", "0x10", "2026-11-30", "*alias", "&anchor", "!tag", "%directive", "@at", "`tick",
        "a\u{FEFF}",
    ])
    func everyTextReturnsFromYAML(_ text: String) throws {
        let document: JSON = ["name": .string(text), "list": [.string(text)], "inner": .object([text: .string(text)])]
        let yaml = try document.yaml
        #expect(try JSON(yaml: Array(yaml.utf8)) == document, "\(yaml)")
    }

    @Test func yamlIsWrittenInBlocksWithQuotedTexts() throws {
        let document: JSON = [
            "name": "yes", "list": [["type": "image/*"], ["type": "a/b"]], "none": [], "set": [:], "n": 12, "b": true,
            "z": .null,
        ]
        #expect(
            try document.yaml == """
                name: "yes"
                list:
                - type: "image/*"
                - type: "a/b"
                none: []
                set: {}
                "n": 12
                b: true
                z: null

                """
        )
    }
}
