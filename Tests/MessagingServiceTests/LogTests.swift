import Foundation
import Logging
import MessagingContract
import Synchronization
import Testing

@testable import MessagingService

@Suite(.generousLimit) struct LogTests {
    /// What a logger writes to a pipe.
    private static func written(_ format: LogFormat, _ body: (Logger) -> Void) throws -> String {
        let pipe = Pipe()
        let output = LogOutput(file: pipe.fileHandleForWriting.fileDescriptor, format)
        let text = Mutex("")
        let reader = Thread {
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            text.withLock { $0 = String(decoding: data, as: UTF8.self) }
        }
        reader.start()
        var logger = Logger(label: "test") { _ in OutputLogHandler(output) }
        logger.logLevel = .debug
        body(logger)
        while !output.flush() {}
        try pipe.fileHandleForWriting.close()
        while !reader.isFinished { Thread.sleep(forTimeInterval: 0.005) }
        return text.withLock { $0 }
    }

    @Test func aLineIsAnObjectWithItsMetadata() throws {
        let text = try Self.written(.json) { logger in
            logger.info(
                "a \"message\"\n{}",
                metadata: [
                    "status": .stringConvertible(200), "duration_ms": .stringConvertible(1.25),
                    "path": "/a\u{1b}[0m\r\n",
                    "list": ["x", ["y": "z"]], "level": "fake", "url": .stringConvertible(Date.distantPast),
                ]
            )
            logger.trace("not written")
        }
        #expect(text.hasSuffix("\n"))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 1)
        let line = try JSON(parsing: Array(lines[0].utf8))
        #expect(Date(wire: line["time"]?.string ?? "") != nil)
        #expect(line["level"]?.string == "info")
        #expect(line["message"]?.string == "a \"message\"\n{}")
        #expect(line["status"] == 200)
        #expect(line["duration_ms"]?.number?.double == 1.25)
        #expect(line["path"]?.string == "/a\u{1b}[0m\r\n")
        #expect(line["list"] == ["x", ["y": "z"]])
        #expect(line["_level"]?.string == "fake")
        #expect(line["url"]?.string?.isEmpty == false)
    }

    @Test func textForPeopleIsOneLineWithoutControlCharacters() throws {
        let text = try Self.written(.text) { logger in
            logger.warning(
                "careful",
                metadata: ["b": "two words", "a": "one", "c": "x\n\u{1b}[31m", "d": "", "n": .stringConvertible(3)]
            )
            logger.error("line\nfeed")
            logger.error("a", metadata: ["a": "\u{9B}31m", "b": ["\u{202E}", "\u{2028}", "\u{7F}"]])
        }
        let lines = text.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[2].hasSuffix(" error    a a=\"\\u{9B}31m\" b=[\"\\u{202E}\",\"\\u{2028}\",\"\\u{7F}\"]"))
        #expect(lines[0].contains(" warning  careful a=one b=\"two words\" c=\"x\\n\\u001b[31m\" d=\"\" n=3"))
        #expect(lines[1].hasSuffix(" error    \"line\\nfeed\""))
    }

    @Test func linesOfManyThreadsAreWholeAndNoneIsLost() throws {
        let text = try Self.written(.json) { logger in
            DispatchQueue.concurrentPerform(iterations: 8) { thread in
                for number in 0..<2_000 {
                    logger.info("\(String(repeating: "x", count: 80))", metadata: ["id": "\(thread)-\(number)"])
                }
            }
        }
        let ids = try text.split(separator: "\n").map { try #require(try JSON(parsing: Array($0.utf8))["id"]?.string) }
        #expect(ids.count == 16_000)
        #expect(Set(ids).count == 16_000)
    }

    /// However much the writer has taken before the pipe is full, the rest is more than may wait.
    @Test func aStoppedReaderDelaysNoLogging() async throws {
        let pipe = Pipe()
        let output = LogOutput(file: pipe.fileHandleForWriting.fileDescriptor, .json)
        let logger = Logger(label: "test") { _ in OutputLogHandler(output) }
        let filler = String(repeating: "x", count: 10_000)
        for _ in 0..<1_200 { logger.info("\(filler)") }
        output.flush()
        let reader = Thread {
            while true {
                let data = pipe.fileHandleForReading.availableData
                if data.isEmpty { return }
                Self.seen.withLock { $0 += data }
            }
        }
        reader.start()
        var counts = Counts(lines: 0, dropped: 0)
        for _ in 0..<6_000 where counts.lines + counts.dropped < 1_200 {
            try await Task.sleep(for: .milliseconds(10))
            counts = try Self.countLines()
        }
        #expect(counts.lines + counts.dropped == 1_200)
        #expect(counts.dropped > 0)
        try pipe.fileHandleForWriting.close()
    }

    private typealias Counts = (lines: Int, dropped: Int)

    /// The number of complete lines, and the number of dropped lines by the lines that report them.
    private static func countLines() throws -> Counts {
        let text = seen.withLock { String(decoding: $0, as: UTF8.self) }
        var counts = Counts(lines: 0, dropped: 0)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.contains("Dropped log lines") {
                let report = try JSON(parsing: Array(line.utf8))
                counts.dropped += report["lines"]?.number?.int ?? 0
            } else {
                counts.lines += 1
            }
        }
        return counts
    }

    private static let seen = Mutex(Data())
}
