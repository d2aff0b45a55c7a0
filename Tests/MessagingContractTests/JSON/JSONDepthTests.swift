import MessagingContract
import Testing

@Suite("JSON nesting")
struct JSONDepthTests {
    private func nested(_ depth: Int, _ opener: String, _ closer: String) -> [UInt8] {
        Array((String(repeating: opener, count: depth) + "1" + String(repeating: closer, count: depth)).utf8)
    }

    @Test("64 containers may be inside one another, not 65", arguments: [("[", "]", 1), ("{\"a\":", "}", 5)])
    func limit(opener: String, closer: String, width: Int) throws {
        let deepest = nested(64, opener, closer)
        #expect(try JSON(parsing: deepest).bytes == deepest)
        let error = #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: nested(65, opener, closer)) }
        #expect(error?.reason == .tooDeep)
        #expect(error?.offset == 64 * width)
    }

    @Test("the depth counts what is open, not what was")
    func siblings() throws {
        let text = "[" + String(repeating: "[[]],{\"a\":{}},", count: 200) + "[]]"
        #expect(try JSON(parsing: Array(text.utf8), maximumDepth: 3).array?.count == 401)
    }

    @Test("the limit can be chosen", arguments: [0, 1, 2, 128])
    func chosen(limit: Int) throws {
        _ = try JSON(parsing: nested(limit, "[", "]"), maximumDepth: limit)
        let error = #expect(throws: JSON.SyntaxError.self) {
            try JSON(parsing: nested(limit + 1, "[", "]"), maximumDepth: limit)
        }
        #expect(error?.reason == .tooDeep)
        #expect(error?.offset == limit)
    }

    @Test(
        "limits out of bounds neither trap nor overflow the stack",
        arguments: [(Int.min, 0), (-1, 0), (Int.max, 128)]
    )
    func bounds(limit: Int, effective: Int) throws {
        _ = try JSON(parsing: nested(effective, "[", "]"), maximumDepth: limit)
        let error = #expect(throws: JSON.SyntaxError.self) {
            try JSON(parsing: nested(100_000, "[", "]"), maximumDepth: limit)
        }
        #expect(error?.reason == .tooDeep)
        #expect(error?.offset == effective)
    }
}
