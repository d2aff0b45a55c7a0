import MessagingContract
import MessagingDecisions
import Testing

@Suite struct SimulationTests {
    private static func log(_ rows: [(direction: String, mime: String)]) -> String {
        rows.map { #"{"direction":"\#($0.direction)","mime":"\#($0.mime)"}"# }.joined(separator: "\n")
    }

    private static let sample = log([
        ("Inbound", "image/png"), ("Inbound", "image/png"), ("Inbound", "image/gif"), ("Inbound", "video/mp4"),
        ("Outbound", "image/png"), ("Outbound", "image/*"), ("Outbound", "nothing"),
    ])

    @Test func reportsWhatTheProfileAllowsToday() throws {
        let today = MediaTypes.allowing(inbound: ["video/mp4", "IMAGE/*"], outbound: ["*/*"])
        let simulation = try Simulation.of(Self.sample, today: today)
        #expect(simulation.today.allowedRows == 5)
        #expect(simulation.today.blockedRows == 2)
        let decisions = simulation.groups.map { "\($0.mediaType ?? "-"): \($0.today.entry?.type ?? "blocked")" }
        #expect(
            decisions == [
                "image/png: IMAGE/*", "-: blocked", "image/gif: IMAGE/*", "video/mp4: video/mp4", "image/png: */*",
            ]
        )
        #expect(simulation.groups.map(\.rows) == [2, 2, 1, 1, 1])
        #expect(simulation.groups.allSatisfy { $0.today.allowed == ($0.today.entry != nil) && $0.proposed == nil })
        #expect(simulation.proposed == nil && simulation.newlyAllowedRows == nil && simulation.newlyBlockedRows == nil)
    }

    /// More spellings than are remembered, each met twice.
    @Test func everySpellingCounts() throws {
        let spellings = (0..<1_500).map { "image/PNG; n=\($0)" + String(repeating: "x", count: 220) }
        let rows = (spellings + spellings).map { (direction: "Inbound", mime: $0) }
        let simulation = try Simulation.of(Self.log(rows))
        #expect(simulation.counts == ["Inbound image/png 3000"])
    }

    @Test func reportsTheChangesOfAProposal() throws {
        let simulation = try Simulation.of(
            Self.sample,
            today: .allowing(inbound: ["image/*"]),
            proposed: .allowing(inbound: ["image/gif", "video/*"], outbound: ["image/png"])
        )
        #expect((simulation.today.allowedRows, simulation.today.blockedRows) == (3, 4))
        #expect(simulation.proposed?.allowedRows == 3)
        #expect(simulation.proposed?.blockedRows == 4)
        #expect(simulation.newlyAllowedRows == 2)
        #expect(simulation.newlyBlockedRows == 2)
        let video = try #require(simulation.groups.first { $0.mediaType == "video/mp4" })
        #expect(video.today == SimulationDecision(entry: nil))
        #expect(video.proposed == SimulationDecision(entry: DecidingEntry(type: "video/*", index: 1)))
    }

    @Test func theSmallestListAllowsEverythingPossible() throws {
        let simulation = try Simulation.of(Self.sample)
        let smallest = try #require(simulation.smallestMediaTypes)
        #expect(smallest == .allowing(inbound: ["image/gif", "image/png", "video/mp4"], outbound: ["image/png"]))
        _ = try SupportedContentRequest(json: ["name": "n", "mediaTypes": smallest.json])
        let again = try Simulation.of(Self.sample, today: smallest)
        #expect(again.today.allowedRows == 5)
        #expect(again.groups.filter { !$0.today.allowed }.allSatisfy { $0.mediaType == nil })
    }

    @Test(arguments: ["", "\n \r\n", "\u{FEFF}", "\u{FEFF}\n"]) func anEmptyLogHasNoRows(_ log: String) throws {
        for format in AttachmentLog.Format.allCases where format == .jsonLines || !log.contains(" ") {
            let simulation = try Simulation.of(log, format, today: .allowing(inbound: ["*/*"]))
            #expect((simulation.rows, simulation.malformedRows) == (0, 0))
            #expect(simulation.groups.isEmpty)
            #expect(simulation.smallestMediaTypes == .allowing())
        }
    }

    @Test(arguments: [1, 2, .max]) func aByteOrderMarkIsSkipped(_ pieces: Int) throws {
        let csv = try Simulation.of("\u{FEFF}direction,mime\nInbound,a/b", .csv, pieces: pieces)
        let lines = try Simulation.of("\u{FEFF}" + Self.log([("Inbound", "a/b")]), pieces: pieces)
        #expect(csv == lines)
        #expect(csv.counts == ["Inbound a/b 1"])
    }

    @Test func countsStayRightBeyondTenThousandGroups() throws {
        let rows = (0..<10_500).flatMap { number in [("Inbound", "a/x\(number)"), ("Inbound", "A/X\(number)")] }
        let long = String(repeating: "x", count: 300)
        let log = Self.log(rows + [("Inbound", "b/\(long)"), ("Outbound", "a/x1")])
        let simulation = try Simulation.of(
            log,
            today: .allowing(inbound: ["a/*"]),
            proposed: .allowing(inbound: ["b/*", "a/x10499"], outbound: ["*/*"])
        )
        #expect(simulation.rows == 21_002)
        #expect(simulation.groups.count == 10_000)
        #expect(simulation.groups.allSatisfy { $0.rows == 2 })
        #expect(simulation.rowsOutsideGroups == 1_002)
        #expect((simulation.today.allowedRows, simulation.today.blockedRows) == (21_000, 2))
        #expect(simulation.proposed?.allowedRows == 4)
        #expect(simulation.proposed?.blockedRows == 20_998)
        #expect(simulation.newlyAllowedRows == 2)
        #expect(simulation.newlyBlockedRows == 20_998)
        #expect(simulation.smallestMediaTypes == nil)
    }
}
