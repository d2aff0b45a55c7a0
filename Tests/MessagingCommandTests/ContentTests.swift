import MessagingSDK
import Testing

@testable import messaging

struct ContentTests {
    private static let progress: [(Int, Int?, Double, String)] = [
        (0, 3 << 20, 0.1, "0.0 of 3.0 MiB"), (1 << 20, 3 << 20, 0.5, "1.0 of 3.0 MiB"),
        (1 << 20, 3 << 20, 2, "1.0 of 3.0 MiB, 0.5 MiB a second, 4 s left"),
        (3 << 20, 3 << 20, 2, "3.0 of 3.0 MiB, 1.5 MiB a second, 0 s left"),
        (1_600_000, nil, 1, "1.5 MiB, 1.5 MiB a second"), (0, nil, 9, "0.0 MiB"),
        (4 << 20, 3 << 20, 2, "4.0 of 3.0 MiB, 2.0 MiB a second, 0 s left"),
    ]

    @Test(arguments: progress)
    func progressOfBytesHasRateAndTimeLeft(done: Int, total: Int?, seconds: Double, line: String) {
        #expect(ProgressLine.line(bytes: done, of: total, after: .seconds(seconds)) == line)
    }

    @Test(arguments: [
        ("{\"direction\"", AttachmentLog.Format.jsonLines), (" \r\n\t{", .jsonLines), ("\u{FEFF}{", .jsonLines),
        ("", .jsonLines),
        ("direction,mime", .csv), ("\u{FEFF}\"direction\"", .csv), ("[", .csv),
    ])
    func aLogTellsItsFormat(start: String, format: AttachmentLog.Format) {
        #expect(LogFile.format(Array(start.utf8)[...]) == format)
    }

    private static func lines(_ counts: [Int]) -> [SimulationReport.Line] {
        counts.map { .init(direction: "Inbound", mediaType: "image/a\u{1B}b", newlyAllowed: $0) }
    }

    @Test func barsFitAnyWidthAndCount() {
        for width in [1, 10, 40, 200] {
            for counts in [[1], [Int.max, 1], [0], [3, 2, 1]] {
                let bars = SimulationBars(Self.lines(counts)).lines(width: width, styled: false)
                #expect(bars.count == counts.count { $0 > 0 })
                #expect(bars.allSatisfy { width < 40 || $0.columns <= width })
                #expect(bars.allSatisfy { !$0.contains("\u{1B}") })
            }
        }
    }

    @Test func onlyTheLargestChangesHaveBars() {
        let bars = SimulationBars(Self.lines(Array(1...30))).lines(width: 80, styled: false)
        #expect(bars.count == 21 && bars.last == "and 10 more changes")
        #expect(bars.first?.hasSuffix(" 30") == true)
    }

    @Test func aHostThatCountsWrongCrashesNothing() throws {
        var group = SimulationGroup()
        (group.rows, group.today.allowed) = (.max, true)
        var simulation = Simulation()
        (simulation.groups, simulation.rowsOutsideGroups) = ([group, group], 1)
        let report = SimulationReport(simulation)
        #expect(report.lines.count == 3)
        #expect(report.sheet.rows[2] == ["", "(others)", "2", "0"])
    }
}
