import MessagingContract
import MessagingDecisions
import Testing

@Suite struct JSONLinesTests {
    @Test func aLineIsARow() throws {
        let log = """
            {"direction":"Inbound","mime":"image/png"}
            {"mime":"IMAGE/PNG; name=x","direction":"inbound","size":3,"more":{"a":[null]}}\r

            {"direction":"OUTBOUND","mime":null,"filename":"a.pdf"}
              {"direction":"Outbound","mime":" image/png "}
            {"direction":"Outbound","filename":"a.nobody-knows-it"}
            """
        let simulation = try Simulation.of(log)
        #expect(
            simulation.counts == [
                "Inbound image/png 2", "Outbound application/octet-stream 1", "Outbound application/pdf 1",
                "Outbound image/png 1",
            ]
        )
        #expect((simulation.rows, simulation.malformedRows) == (5, 0))
    }

    @Test func aMalformedLineIsReportedAndSkipped() throws {
        let log = """
            {"direction":"Inbound","mime":"image/png"}
            nonsense
            [1]
            {"mime":"image/png"}
            {"direction":"sideways","mime":"image/png"}
            {"direction":7,"mime":"image/png"}

            {"direction":"Inbound"}
            {"direction":"Inbound","mime":["image/png"]}
            {"direction":"Inbound","filename":true}
            {"direction":"Inbound","mime":"a/b","mime":"c/d"}
            {"direction":"Inbound","mime":"","filename":""}
            {"direction":"Inbound","mime":"image/png"
            """
        let simulation = try Simulation.of(log)
        #expect((simulation.rows, simulation.malformedRows) == (1, 11))
        #expect(
            simulation.malformed == [
                "2: it is not valid JSON: invalid literal at byte 1", "3: it is not a JSON object",
                "4: direction is missing",
                "5: direction is neither Inbound nor Outbound", "6: direction is not a string",
                "8: it has neither mime nor filename", "9: mime is not a string", "10: filename is not a string",
                "11: it is not valid JSON: duplicate member name at byte 36", "12: it has neither mime nor filename",
            ]
        )
    }

    @Test(arguments: [1, 7, 100_000, .max]) func aRowHas64KiBAtMost(_ pieces: Int) throws {
        let row = #"{"direction":"Inbound","mime":"a/b","x":""#
        let fits = row + String(repeating: "x", count: 65_536 - row.utf8.count - 2) + "\"}"
        let log = fits + "\n" + fits + " \n" + fits + "\n" + String(repeating: "x", count: 200_000)
        let simulation = try Simulation.of(log, pieces: pieces)
        #expect(simulation.rows == 2)
        #expect(simulation.malformed == ["2: it is longer than 65536 bytes", "4: it is longer than 65536 bytes"])
    }

    @Test func invalidUTF8IsMalformed() throws {
        var run = SimulationRun(.jsonLines, today: nil, proposed: nil)
        try run.read(Array(#"{"direction":"Inbound","mime":"a/"#.utf8)[...])
        try run.read([0xFF])
        try run.read(Array("\"}\n".utf8)[...])
        #expect(try run.finish().malformed == ["1: it is not valid JSON: invalid UTF-8 at byte 33"])
    }
}
