import StandardStreams
import Testing

struct VisibleTextTests {
    @Test(arguments: [
        ("Support", "Support"), ("a\u{1B}[2Jb", #"a\u{1B}[2Jb"#), ("tab\there", #"tab\u{9}here"#),
        ("a\nb", #"a\u{A}b"#),
        ("\u{202E}gnp", #"\u{202E}gnp"#), ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#), ("\u{9B}2J", #"\u{9B}2J"#),
        ("a\u{2028}b", #"a\u{2028}b"#), ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("👩‍💻", "👩‍💻"), ("é", "é"),
    ])
    func charactersWithAnEffectAreEscaped(text: String, shown: String) {
        #expect(text.visible == shown)
        #expect(shown.unicodeScalars.allSatisfy { $0.isVisible })
    }
}
