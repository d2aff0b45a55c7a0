import MessagingContract
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Inputs of about 1 MiB made to be slow. Each takes a fraction of a second of processor time, also without optimization; work that is not in
/// proportion to their length takes minutes.
@Suite("JSON that is meant to hurt")
struct JSONAdversarialTests {
    private static let size = 1 << 20
    /// Seconds of processor time that no machine needs for work in proportion.
    private static let most = 15.0

    /// The processor time this thread spends in `body`, whatever else the machine does.
    private func seconds<Result>(_ body: () throws -> Result) rethrows -> (seconds: Double, result: Result) {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        let result = try body()
        return (now() - start, result)
    }

    private func text(_ parts: String...) -> [UInt8] { Array(parts.joined().utf8) }

    private func members(_ names: some Sequence<String>) -> [UInt8] {
        text("{", names.map { "\"\($0)\":0" }.joined(separator: ","), "}")
    }

    @Test("a hundred thousand members")
    func manyMembers() throws {
        let bytes = members((0..<100_000).map { "n\($0)" })
        let (seconds, value) = try seconds { try JSON(parsing: bytes) }
        #expect(seconds < Self.most)
        #expect(value.object?.count == 100_000)
        #expect(value["n99999"] == 0)
    }

    @Test("names of one length with the same beginning and end, the last one twice")
    func similarNames() {
        let names = (0..<40_000).map { "collision-\(String($0 + 1_000_000))-collision" }
        let bytes = members(names + [names[39_999]])
        let (seconds, error) = seconds {
            #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: bytes) }
        }
        #expect(seconds < Self.most)
        #expect(error?.reason == .duplicateName)
        #expect(error?.offset == bytes.count - 32)
    }

    @Test("names that collide in hashes without a secret")
    func collidingNames() throws {
        // "Aa" and "BB" are the same to any hash that multiplies by 31 and adds, so are all their combinations.
        let names = (0..<32_768).map { number in
            (0..<15).map { number >> $0 & 1 == 0 ? "Aa" : "BB" }.joined()
        }
        let bytes = members(names)
        let (seconds, value) = try seconds { try JSON(parsing: bytes) }
        #expect(seconds < Self.most)
        #expect(value.object?.count == 32_768)
    }

    @Test("many small objects")
    func manyObjects() throws {
        let bytes = text("[", String(repeating: "{\"a\":{}},", count: Self.size / 9), "0]")
        let (seconds, value) = try seconds { try JSON(parsing: bytes) }
        #expect(seconds < Self.most)
        #expect(value.array?.count == Self.size / 9 + 1)
    }

    @Test("nothing but opening brackets", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func brackets(opener: String) {
        let bytes = text(String(repeating: opener, count: Self.size / opener.utf8.count))
        let (seconds, error) = seconds { #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: bytes) } }
        #expect(seconds < Self.most)
        #expect(error?.reason == .tooDeep)
    }

    @Test(
        "one long string",
        arguments: ["a", "é", "\u{65e5}", "😀", "e\u{301}", "\\n", "\\u0061", "\\ud83d\\ude00", "\\\""]
    )
    func longString(unit: String) throws {
        let count = Self.size / unit.utf8.count
        let bytes = text("\"", String(repeating: unit, count: count), "\"")
        let (seconds, value) = try seconds { try JSON(parsing: bytes) }
        #expect(seconds < Self.most)
        let character = try #require(try JSON(parsing: text("\"", unit, "\"")).string)
        #expect(value.string?.utf8.count == count * character.utf8.count)
    }

    @Test("one long string that is wrong at its end", arguments: ["a", "é", "\\n"])
    func longWrongString(unit: String) {
        let bytes =
            text("\"", String(repeating: unit, count: Self.size / unit.utf8.count)) + [0xFF, UInt8(ascii: "\"")]
        let (seconds, error) = seconds { #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: bytes) } }
        #expect(seconds < Self.most)
        #expect(error?.offset == bytes.count - 2)
    }

    @Test(
        "one long number",
        arguments: [
            ("1", "7", ""), ("0.", "0", "1"), ("1.", "0", ""), ("1e", "9", ""), ("1e-", "0", "1"), ("-9", "9", ".5e-9"),
        ]
    )
    func longNumber(start: String, unit: String, end: String) throws {
        let literal = start + String(repeating: unit, count: Self.size) + end
        let (seconds, number) = try seconds {
            let number = try #require(try JSON(parsing: Array(literal.utf8)).number)
            _ = number.int
            _ = number.double
            return number
        }
        #expect(seconds < Self.most)
        #expect(number.literal == literal)
    }

    @Test("nothing but whitespace, commas or elements")
    func flat() throws {
        let (blank, _) = seconds { try? JSON(parsing: text(String(repeating: " ", count: Self.size))) }
        let (elements, value) = try seconds {
            try JSON(parsing: text("[0", String(repeating: ",0", count: Self.size / 2), "]"))
        }
        #expect(blank < Self.most)
        #expect(elements < Self.most)
        #expect(value.array?.count == Self.size / 2 + 1)
    }

    @Test("comparing, hashing, merging and writing large objects")
    func largeObjects() throws {
        let forward = try JSON(parsing: members((0..<20_000).map { "n\($0)" }))
        let backward = try JSON(parsing: members((0..<20_000).reversed().map { "n\($0)" }))
        var removal = JSON.Object()
        for number in 0..<20_000 { removal["n\(number)"] = .null }
        let (seconds, merged) = seconds {
            #expect(forward == backward)
            #expect(forward.hashValue == backward.hashValue)
            #expect(forward.bytes.count == backward.bytes.count)
            #expect(forward.merging(patch: backward) == forward)
            var smaller = forward.object
            smaller?["n0"] = nil
            #expect(backward.merging(patch: ["n0": nil]).object == smaller)
            return forward.merging(patch: .object(removal))
        }
        #expect(seconds < Self.most)
        #expect(merged == [:])
    }
}
