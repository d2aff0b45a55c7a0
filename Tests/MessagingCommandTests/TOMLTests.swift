import Testing

@testable import messaging

struct TOMLTests {
    @Test func aDocumentOfTheSubsetIsRead() throws {
        let document = try TOMLDocument(
            #"""
            # a comment
            version = 1
            [DEFAULT]	# of a table
            Environment = "mypurecloud.de" # a comment "with quotes"
              client_secret='C:\no "escape" #'
            text = "tab\t\"quote\" \\ \u00e9 \U0001F600"
            logging_enabled = false
            AUTO = true
            "quoted key" = +1_000
            'empty' = ''
            negative = -12

            ["a name # with [signs]"]
            Environment = "x"
            """#
        )
        #expect(document.tables.map(\.name) == ["", "DEFAULT", "a name # with [signs]"])
        #expect(document.tables[0].values == ["version": .integer(1)])
        #expect(
            document.tables[1].values == [
                "environment": .string("mypurecloud.de"), "client_secret": .string(#"C:\no "escape" #"#),
                "text": .string("tab\t\"quote\" \\ é 😀"), "logging_enabled": .boolean(false), "auto": .boolean(true),
                "quoted key": .integer(1000), "empty": .string(""), "negative": .integer(-12),
            ]
        )
    }

    @Test func linesMayEndWithBothCharacters() throws {
        #expect(try TOMLDocument("[a]\r\nb = 'c'\r\n") == TOMLDocument("[a]\nb = 'c'"))
        #expect(try TOMLDocument("").tables == [TOMLDocument.Table(name: "")])
    }

    @Test(arguments: [
        ("a", "a line must be a table, or a key with a value"),
        ("= 1", "a line must be a table, or a key with a value"),
        ("a =", "a value must be a string in quotes, true, false or an integer"), ("a = b", "a value must be a string"),
        ("a = 1.5", "a value must be"), ("a = 1e3", "a value must be"), ("a = 0x1F", "a value must be"),
        ("a = 01", "a value must be"),
        ("a = 1__0", "a value must be"), ("a = 99999999999999999999", "a value must be"),
        ("a = 1979-05-27", "a value must be"),
        ("a = ٣", "a value must be"), ("a = [1]", "an array is not read"),
        ("a = {b = 1}", "an inline table is not read"),
        ("a.b = 1", "a key with a dot is not read"), ("[a.b]", "a key with a dot is not read"),
        ("[[a]]", "an array of tables is not read"),
        ("[a", "a table must be like [name]"), ("[]", "a line must be"), ("a = \"b", "a string has no end"),
        ("a = 'b", "a string has no end"),
        ("a = \"\"\"b\"\"\"", "a string of several lines is not read"),
        ("a = '''b'''", "a string of several lines is not read"),
        ("a = \"\\q\"", "a string has an unknown escape"), ("a = \"\\uD800\"", "an escape of no character"),
        ("a = \"\\u+041\"", "an escape of no character"), ("a = \"\\u00\"", "an escape of no character"),
        ("a = \"\u{1B}\"", "a control character"), ("# \u{7}", "a control character"),
        ("a = 'b' c", "something behind the value"),
        ("a = 1\nA = 2", "a key is there twice"), ("[x]\n[X]", "a table is there twice"), ("é = 1", "a line must be"),
    ])
    func anythingElseIsRefusedWithItsLine(text: String, reason: String) {
        #expect {
            try TOMLDocument("# one\n\(text)")
        } throws: { error in
            guard let fault = error as? TOMLDocument.Fault else { return false }
            return fault.line == 1 + text.split(separator: "\n").count && fault.reason.contains(reason)
        }
    }

    @Test func noFaultQuotesTheDocument() {
        for text in [
            "hunter2", "a = hunter2", "a = \"hunter2", "a = \"\\qhunter2\"", "[hunter2", "a = 1 hunter2",
            "hunter2.b = 1",
        ] {
            #expect {
                try TOMLDocument(text)
            } throws: { error in
                !"\(error)".contains("hunter2")
            }
        }
    }
}
