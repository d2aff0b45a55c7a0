import MessagingFiles
import Testing

@testable import messaging

struct TextTests {
    @Test(arguments: [
        ("Support", "Support"), ("a\u{1B}[2Jb", #"a\u{1B}[2Jb"#), ("tab\there", #"tab\u{9}here"#),
        ("a\nb", #"a\u{A}b"#),
        ("\u{202E}gnp", #"\u{202E}gnp"#), ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#), ("\u{9B}2J", #"\u{9B}2J"#),
        ("a\u{2028}b", #"a\u{2028}b"#), ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("👩‍💻", "👩‍💻"), ("é", "é"),
    ])
    func charactersWithAnEffectAreEscaped(text: String, shown: String) { #expect(text.visible == shown) }

    @Test(arguments: [("abc", 3), ("日本", 4), ("👩‍💻", 2), ("e\u{301}", 1), ("❤️", 2), ("", 0), ("한국", 4)])
    func columnsAreThoseOfATerminal(text: String, columns: Int) { #expect(text.columns == columns) }

    @Test func aShortenedTextTakesNoMoreColumns() {
        #expect("Support".shortened(to: 7) == "Support")
        #expect("Support".shortened(to: 4) == "Sup…")
        #expect("日本語".shortened(to: 4) == "日…")
        #expect("日本語".shortened(to: 5) == "日本…")
    }

    @Test(arguments: [
        ("Suport", "Support"), ("support", "Support"), ("Supp", "Support"), ("SUPPROT", "Support"),
        ("Sales", "Sales EU"),
    ])
    func theNearestTextIsFound(text: String, nearest: String) {
        #expect(["Billing", "Support", "Sales EU"].nearest(to: text) == nearest)
    }

    @Test(arguments: ["Marketing", "", "x", "ab"])
    func aTextWithoutANearOneHasNone(text: String) {
        #expect(["Billing", "Support", "cd"].nearest(to: text) == nil)
    }
}
