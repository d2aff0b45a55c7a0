import MessagingContract
import Testing

@Suite struct ObjectNameTests {
    private let pattern = MessagingSettingRequest.schema(.request).components["MessagingSettingRequest"]?[
        "properties"
    ]?["name"]?["pattern"]?.string

    /// The rule and the schema agree on every scalar alone: refused is exactly Unicode White_Space (and U+0000, which the
    /// JSON parser refuses).
    @Test func schemaAndRuleAgreeOnBlankScalars() throws {
        let pattern = try #require(pattern)
        let blank = try #require(pattern.wholeMatch(of: /\^\[\^\\u0000\]\*\[\^\\u0000(.*)\]\[\^\\u0000\]\*\$/)).1
        let listed = blank.matches(of: /\\u([0-9A-F]{4})(?:-\\u([0-9A-F]{4}))?/).flatMap { match -> [UInt32] in
            let first = UInt32(match.1, radix: 16) ?? 0
            return Array(first...(match.2.flatMap { UInt32($0, radix: 16) } ?? first))
        }
        for value in UInt32(1)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isRefused = (try? ObjectName.check(String(scalar))) == nil
            if isRefused != listed.contains(value) { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test func aNameHas1To256ScalarsAndIsNotBlank() {
        for name in [" \u{301}", "\u{FEFF}", String(repeating: "é", count: 256)] {
            #expect(throws: Never.self) { try ObjectName.check(name) }
        }
        for name in ["", " \u{85}\u{2028}", String(repeating: "e\u{301}", count: 129)] {
            #expect(throws: FieldError.self) { try ObjectName.check(name) }
        }
    }
}
