import MessagingContract
import Testing
import ThreadTime

/// Inputs that are made to be slow. Four times the input takes about four times the work: sixteen times would be the square.
///
/// The comparison works on any machine: the work is the processor time of one thread, and the shortest of some times is taken, since
/// nothing else that the machine does makes one shorter.
@Suite("JSON that is meant to hurt")
struct JSONAdversarialTests {
    /// Expects work to grow in proportion to its input. `prepare` makes an input of about so many bytes and returns the work on it.
    private func expectProportion(
        _ bytes: Int = 4_096,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ prepare: (Int) throws -> () throws -> Void
    ) throws {
        let (less, more) = (try prepare(bytes), try prepare(4 * bytes))
        var (short, long) = (Double.infinity, Double.infinity)
        for attempt in 0..<5 where attempt < 2 || long > 8 * short {
            (short, long) = (min(short, try threadSeconds(less)), min(long, try threadSeconds(more)))
        }
        #expect(long <= 8 * short, "\(short) s and \(long) s", sourceLocation: sourceLocation)
    }

    private func text(_ parts: String...) -> [UInt8] { Array(parts.joined().utf8) }

    private func members(_ names: some Sequence<String>) -> [UInt8] {
        text("{", names.map { "\"\($0)\":0" }.joined(separator: ","), "}")
    }

    /// Returns work on JSON text: its parsing, of which `check` sees the result.
    private func parsing(_ bytes: [UInt8], _ check: @escaping (JSON) throws -> Void) -> () throws -> Void {
        { try check(try JSON(parsing: bytes)) }
    }

    /// Returns work on a text that is not JSON.
    private func refusing(
        _ bytes: [UInt8],
        _ check: @escaping (JSON.SyntaxError?) -> Void
    ) -> () throws -> Void {
        { check(#expect(throws: JSON.SyntaxError.self) { try JSON(parsing: bytes) }) }
    }

    @Test("many members")
    func manyMembers() throws {
        try expectProportion { bytes in
            let count = bytes / 10
            return parsing(members((0..<count).map { "n\($0)" })) { value in
                #expect(value.object?.count == count)
                #expect(value["n\(count - 1)"] == 0)
            }
        }
    }

    @Test("names of one length with the same beginning and end, the last one twice")
    func similarNames() throws {
        try expectProportion { bytes in
            let names = (0..<bytes / 32).map { "collision-\(String($0 + 1_000_000))-collision" }
            let bytes = members(names + names.suffix(1))
            return refusing(bytes) { error in
                #expect(error?.reason == .duplicateName)
                #expect(error?.offset == bytes.count - 32)
            }
        }
    }

    @Test("names that collide in hashes without a secret")
    func collidingNames() throws {
        // "Aa" and "BB" are the same to any hash that multiplies by 31 and adds, so are all their combinations.
        try expectProportion { bytes in
            let count = bytes / 32
            let names = (0..<count).map { number in
                (0..<14).map { number >> $0 & 1 == 0 ? "Aa" : "BB" }.joined()
            }
            return parsing(members(names)) { #expect($0.object?.count == count) }
        }
    }

    @Test("many small objects")
    func manyObjects() throws {
        try expectProportion { bytes in
            let count = bytes / 9
            return parsing(text("[", String(repeating: "{\"a\":{}},", count: count), "0]")) { value in
                #expect(value.array?.count == count + 1)
            }
        }
    }

    /// Such a text is refused where it is too deep, so its work does not grow at all. All of these are the work of a hundred brackets.
    @Test("nothing but opening brackets", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func brackets(opener: String) throws {
        try expectProportion { bytes in
            refusing(text(String(repeating: opener, count: bytes / opener.utf8.count))) { error in
                #expect(error?.reason == .tooDeep)
            }
        }
    }

    @Test(
        "one long string",
        arguments: ["a", "é", "\u{65e5}", "😀", "e\u{301}", "\\n", "\\u0061", "\\ud83d\\ude00", "\\\""]
    )
    func longString(unit: String) throws {
        let character = try #require(try JSON(parsing: text("\"", unit, "\"")).string)
        try expectProportion { bytes in
            let count = bytes / unit.utf8.count
            return parsing(text("\"", String(repeating: unit, count: count), "\"")) { value in
                #expect(value.string?.utf8.count == count * character.utf8.count)
            }
        }
    }

    @Test("one long string that is wrong at its end", arguments: ["a", "é", "\\n"])
    func longWrongString(unit: String) throws {
        try expectProportion { bytes in
            let wrong = [0xFF, UInt8(ascii: "\"")]
            let bytes = text("\"", String(repeating: unit, count: bytes / unit.utf8.count)) + wrong
            return refusing(bytes) { #expect($0?.offset == bytes.count - 2) }
        }
    }

    @Test(
        "one long number",
        arguments: [
            ("1", "7", ""), ("0.", "0", "1"), ("1.", "0", ""), ("1e", "9", ""), ("1e-", "0", "1"), ("-9", "9", ".5e-9"),
        ]
    )
    func longNumber(start: String, unit: String, end: String) throws {
        try expectProportion { bytes in
            let literal = start + String(repeating: unit, count: bytes) + end
            return parsing(Array(literal.utf8)) { value in
                let number = try #require(value.number)
                _ = number.int
                _ = number.double
                #expect(number.literal == literal)
            }
        }
    }

    @Test("nothing but whitespace, or but elements")
    func flat() throws {
        try expectProportion { bytes in refusing(text(String(repeating: " ", count: bytes))) { _ in } }
        try expectProportion { bytes in
            parsing(text("[0", String(repeating: ",0", count: bytes / 2), "]")) { value in
                #expect(value.array?.count == bytes / 2 + 1)
            }
        }
    }

    @Test("comparing, hashing, merging and writing large objects")
    func largeObjects() throws {
        try expectProportion { bytes in
            let count = bytes / 10
            let forward = try JSON(parsing: members((0..<count).map { "n\($0)" }))
            let backward = try JSON(parsing: members((0..<count).reversed().map { "n\($0)" }))
            var removal = JSON.Object()
            for number in 0..<count { removal["n\(number)"] = .null }
            return {
                #expect(forward == backward)
                #expect(forward.hashValue == backward.hashValue)
                #expect(forward.bytes.count == backward.bytes.count)
                #expect(forward.merging(patch: backward) == forward)
                var smaller = forward.object
                smaller?["n0"] = nil
                #expect(backward.merging(patch: ["n0": nil]).object == smaller)
                #expect(forward.merging(patch: .object(removal)) == [:])
            }
        }
    }
}
