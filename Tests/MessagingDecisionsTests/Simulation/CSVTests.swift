import Allocations
import MessagingContract
import MessagingDecisions
import Testing

@Suite struct CSVTests {
    @Test(arguments: [1, 2, 3, .max]) func theHeaderRowNamesTheColumnsInAnyOrder(_ pieces: Int) throws {
        let log =
            "size,MIME,Direction,filename\r\n1,image/png,inbound,\r\n2,,OUTBOUND,a.pdf\r\n\r\n3,image/png,Inbound,x\r\n"
        let simulation = try Simulation.of(log, .csv, pieces: pieces)
        #expect(simulation.counts == ["Inbound image/png 2", "Outbound application/pdf 1"])
        #expect(simulation.malformedRows == 0)
    }

    @Test(arguments: [1, 2, 5, .max]) func fieldsMayBeQuoted(_ pieces: Int) throws {
        let log = """
            "direction","mime","filename"
            "Inbound","image/png","a ""b"", c"
            Inbound,"text/plain; x=""1, 2\""",
            "Outbound",image/gif,"two
            lines"\r
            outbound,nonsense,"one" line
            Outbound,image/gif,
            """
        let simulation = try Simulation.of(log, .csv, pieces: pieces)
        #expect(
            simulation.counts == ["Outbound image/gif 2", "Inbound image/png 1", "Inbound text/plain 1"]
        )
        #expect(simulation.malformed == ["6: there is text after the quotation mark that ends a field"])
    }

    @Test func aMalformedRowIsReportedAndSkipped() throws {
        let log = """
            direction,mime
            Inbound
            Inbound,a/b,c
            ,a/b
            inward,a/b
            Inbound,
            Inbound,5" disk
            "Inbound" ,a/b
            Inbound,a/b
            "Inbound,a/b
            """
        let simulation = try Simulation.of(log, .csv)
        #expect(simulation.counts == ["Inbound a/b 1"])
        #expect(
            simulation.malformed == [
                "2: it has 1 field, and the header row 2", "3: it has 3 fields, and the header row 2",
                "4: direction is missing", "5: direction is neither Inbound nor Outbound",
                "6: it has neither mime nor filename",
                "7: a field that does not begin with a quotation mark contains one",
                "8: there is text after the quotation mark that ends a field",
                "10: a quoted field has no closing quotation mark",
            ]
        )
    }

    @Test(arguments: [1, 1_000, .max]) func aRowHas64KiBAtMost(_ pieces: Int) throws {
        let fits = "Inbound,a/b," + String(repeating: "x", count: 65_536 - 13)
        let log =
            "direction,mime,x\n\(fits)\n\(fits)xx\nInbound,a/b,\"" + String(repeating: "\n", count: 70_000)
            + "\nInbound,a/b,\n"
        let simulation = try Simulation.of(log, .csv, pieces: pieces)
        #expect(simulation.rows == 2)
        #expect(simulation.malformed == ["3: it is longer than 65536 bytes", "4: it is longer than 65536 bytes"])
    }

    @Test(.enabled(if: allocationsAreCounted), arguments: ["x", "\"x", "\"x\"", ",", "\"\"\"", "\"x\"y"])
    func aRowWithoutAnEndCostsNothingForEachOfItsBytes(_ start: String) throws {
        var run = SimulationRun(.csv, today: nil, proposed: nil)
        try run.read(Array("direction,mime\n\(start)".utf8)[...])
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        var failure: (any Error)?
        let cost = countingAllocations { do { try run.read(piece[...]) } catch { failure = error } }
        if let failure { throw failure }
        #expect(cost.calls <= 50)
        #expect(cost.bytes <= 1 << 20)
    }

    @Test func invalidUTF8IsMalformed() throws {
        var run = SimulationRun(.csv, today: nil, proposed: nil)
        try run.read(Array("direction,mime,x\nInbound,a/".utf8)[...])
        try run.read([0xFF, 0x2C, 0x0A])
        try run.read(Array("Inbound,a/b,".utf8)[...])
        try run.read([0xFF])
        let simulation = try run.finish()
        #expect(simulation.malformed == ["2: it is not UTF-8"])
        #expect(simulation.counts == ["Inbound a/b 1"])
    }

    @Test(
        arguments: [
            ("mime,filename\n", "The header row of the log has no column direction."),
            ("x\nInbound", "The header row of the log has no column direction."),
            ("direction,size", "The header row of the log has neither a column mime nor a column filename."),
            ("direction,mime,MIME\n", "The header row of the log has the column mime twice."),
            (
                "direction,\"mime",
                "The header row of the log cannot be read: a quoted field has no closing quotation mark."
            ),
        ]
    )
    func aHeaderRowThatDoesNotNameTheColumnsIsRefused(_ log: String, _ message: String) {
        let error = #expect(throws: APIError.self) { try Simulation.of(log, .csv) }
        #expect(error?.status == 400)
        #expect(error?.message == message)
    }
}
