import MessagingFiles
import MessagingSDK
import StandardStreams
import Testing

@testable import messaging

struct SheetTests {
    private let sheet = Sheet(
        columns: ["name", "id"],
        rows: [["Support", "1"], ["日本", "22"], ["a,\"b\"", "\u{1B}"]]
    )

    @Test func columnsAreAligned() {
        #expect(
            sheet.aligned(width: nil, header: true, styled: false) == [
                "name     id", "Support  1", "日本     22", #"a,"b"    \u{1B}"#,
            ]
        )
    }

    @Test func theNamesOfTheColumnsCanBeLeftOutOrBold() {
        #expect(sheet.aligned(width: nil, header: false, styled: true).first == "Support  1")
        #expect(sheet.aligned(width: nil, header: true, styled: true).first == "\u{1B}[1mname     id\u{1B}[0m")
    }

    @Test(arguments: [14, 20, 40])
    func noLineIsWiderThanTheTerminal(width: Int) {
        let wide = Sheet(
            columns: ["name", "id"],
            rows: [[String(repeating: "n", count: 50), String(repeating: "i", count: 36)]]
        )
        let lines = wide.aligned(width: width, header: true, styled: false)
        #expect(lines.allSatisfy { $0.columns <= width })
        #expect(lines.last?.contains("…") == true)
    }

    @Test func cellsAreSeparatedByTabs() {
        #expect(sheet.tabSeparated(header: true).prefix(2) == ["name\tid", "Support\t1"])
    }

    @Test func aTabInACellSeparatesNothing() {
        #expect(
            Sheet(columns: ["a", "b"], rows: [["x\ty", "z"]]).tabSeparated(header: false) == [#"x\u{9}y"# + "\tz"]
        )
    }

    @Test func commaSeparatedValuesAreQuotedWhereNecessary() {
        #expect(
            sheet.commaSeparated(header: true, isShown: true)
                == ["name,id", "Support,1", "日本,22", #""a,""b""","# + #"\u{1B}"#]
        )
        #expect(sheet.commaSeparated(header: false, isShown: false).last == "\"a,\"\"b\"\"\",\u{1B}")
    }

    @Test(arguments: [
        (#"{"a":[{"type":"image/*"},{"type":"image/png"}]}"#, "image/*, image/png"), (#"{"a":{"b":1}}"#, #"{"b":1}"#),
        (#"{"a":true}"#, "true"), (#"{"a":1.50}"#, "1.50"), (#"{"b":1}"#, ""),
    ])
    func aValueHasATextForACell(document: String, cell: String) throws {
        #expect((try JSON(parsing: Array(document.utf8)).value(at: ["a"])?.cell ?? "") == cell)
    }

    @Test func aPathGoesThroughObjectsAndArrays() throws {
        let object = try JSON(parsing: Array(#"{"m":{"in":[{"type":"a/b"},{"type":"c/d"}]}}"#.utf8))
        #expect(object.value(at: ["m", "in", "type"])?.cell == "a/b, c/d")
    }

    @Test func shownJSONIsTheSameDocument() throws {
        let object: JSON = ["name": "a\u{202E}b\u{E0041}", "list": [1, nil]]
        #expect(object.shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(object.shown.contains(#"a\u202eb\udb40\udc41"#))
        #expect(try JSON(parsing: Array(object.shown.utf8)) == object)
        #expect(try JSON(parsing: Array(object.shownOnOneLine.utf8)) == object)
    }

    @Test func shownYAMLIsTheSameDocument() throws {
        let object: JSON = [
            "name": "a\u{202E}b\u{E0041}\u{2028}\u{1B}\u{200D}é", "k\u{202E}": [1, nil], "on": [:], "s": "1\n# 2",
        ]
        let shown = try object.shownAsYAML
        #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(try JSON(yaml: Array(shown.utf8)) == object)
    }

    @Test(arguments: [
        (["TERM": "xterm"], true), (["TERM": "dumb"], false), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true),
    ])
    func stylesNeedATerminalThatShowsThem(environment: [String: String], isAllowed: Bool) {
        #expect(Style.isAllowed(environment) == isAllowed)
    }

    @Test(arguments: [
        (["list", "-o", "json"], true), (["list", "-ojson"], true), (["--output=json"], true),
        (["-o", "csv", "json"], false),
        (["list"], false),
    ])
    func jsonIsKnownWithoutParsing(arguments: [String], isJSON: Bool) {
        #expect(OutputFormat.isJSON(arguments) == isJSON)
    }
}
