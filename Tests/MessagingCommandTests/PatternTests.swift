import Testing

@testable import messaging

struct PatternTests {
    private static func finds(_ pattern: String, in text: String) throws -> Bool {
        try Pattern(pattern).isFound(in: text)
    }

    @Test(arguments: [
        ("", "", true), ("", "a", true), ("b", "abc", true), ("d", "abc", false), ("^b", "abc", false),
        ("^a", "abc", true),
        ("c$", "abc", true), ("b$", "abc", false), ("^$", "", true), ("^$", "a", false), ("a.c", "abc", true),
        ("a.c", "a\nc", false),
        ("a|c", "xc", true), ("^(a|bc)$", "bc", true), ("^(?:a|bc)$", "b", false), ("^(|a)$", "", true),
        ("()", "a", true),
        ("^ab*$", "a", true), ("^ab*$", "abbb", true), ("^ab+$", "a", false), ("^ab?$", "abb", false),
        ("^ab??$", "ab", true),
        ("^(ab){2}$", "abab", true), ("^(ab){2}$", "ab", false), ("^a{2,}$", "a", false), ("^a{2,}$", "aaaa", true),
        ("^a{1,3}$", "aaaa", false), ("^a{0}$", "", true), ("a{x", "a{x", true), ("a{1", "a{1", true),
        ("a{1,b}", "a{1,b}", true),
        ("[a-c]", "xb", true), ("[^a-c]", "ab", false), ("[]a]", "]", true), ("[a-]", "-", true), ("[\\d_]", "4", true),
        ("[^\\d]", "4", false),
        ("\\d\\D\\w\\W\\s\\S", "1aa- a", true), ("\\.", "a", false), ("\\.", ".", true), ("\\bb", "a b", true),
        ("\\bb", "ab", false),
        ("a\\b", "ab", false), ("A", "a", false), ("(?i)A", "a", true), ("(?i)é", "É", true), ("(?i)[^a]", "A", false),
        ("(a*)*b", "aab", true),
        ("日.$", "日本", true), ("^.$", "👩", true),
    ])
    func aPatternIsFoundOrNot(pattern: String, text: String, isFound: Bool) throws {
        #expect(try Self.finds(pattern, in: text) == isFound, "\(pattern) in \(text)")
    }

    @Test(arguments: [
        ("a(b", "the ( has no )", 1), ("a)", "the ) has no (", 1), ("[a", "the [ has no ]", 0),
        ("[", "the [ has no ]", 0),
        ("*a", "the * has nothing to repeat", 0), ("a|*", "the * has nothing to repeat", 2),
        ("a**", "the repetition has nothing to repeat", 2),
        ("a{3,2}", "the first number is larger than the second", 1),
        ("a{101}", "a part is repeated at most 100 times", 1),
        ("a{99999999999999999999}", "a part is repeated at most 100 times", 1),
        ("a\\", "the \\ has no character after it", 1),
        ("\\1", "\\1 is not supported", 0), ("(?=a)", "groups with (? are not supported", 0),
        ("a(?i)b", "groups with (? are not supported", 1),
        ("[b-a]", "the range is not one from a lower to a higher character", 1),
        ("[\\D]", "\\D is not supported inside [ ]", 1),
    ])
    func aFaultHasItsPlace(pattern: String, reason: String, offset: Int) {
        #expect(throws: PatternError(reason: reason, offset: offset)) { try Pattern(pattern) }
    }

    @Test func hostilePatternsAreRefusedOrHaveLinearWork() throws {
        let text = String(repeating: "a", count: 10_000)
        for pattern in ["(a+)+$b", "(a|a)*b", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)b", "(a?){100}a{100}b"] {
            #expect(try !Self.finds(pattern, in: text))
        }
        #expect(throws: PatternError.self) { try Pattern(String(repeating: "(", count: 900)) }
        #expect(throws: PatternError.self) { try Pattern(String(repeating: "a", count: 1_001)) }
        #expect(throws: PatternError.self) { try Pattern("((a{100}){100}){100}") }
        #expect(throws: PatternError.self) {
            try Pattern("(((((((((((){100}){100}){100}){100}){100}){100}){100}){100}){100}){100})")
        }
    }
}
