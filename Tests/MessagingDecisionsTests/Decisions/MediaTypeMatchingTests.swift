import Foundation
import MessagingContract
import MessagingDecisions
import Randomness
import Testing

@Suite struct MediaTypeMatchingTests {
    /// The rule again, in its plainest and slowest form.
    private static func naive(_ mediaType: String, _ list: [String]) -> String? {
        let essence = { (text: String) in
            text.components(separatedBy: ";")[0].trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\n"))
                .lowercased()
        }
        let type = essence(mediaType)
        let concrete = #/[!#$%&'+.^_`|~0-9a-z-]+/[!#$%&'+.^_`|~0-9a-z-]+/#
        guard type.unicodeScalars.allSatisfy(\.isASCII), type.wholeMatch(of: concrete) != nil else { return nil }
        let wanted = [type, type.components(separatedBy: "/")[0] + "/*", "*/*"]
        return list.first { wanted.contains(essence($0)) }
    }

    /// Texts that meet each other often: few parts, in changing case, with parameters and white space, and some with garbage.
    private static func text(_ random: inout SplitMix, isPattern: Bool) -> String {
        if Int.random(in: 0..<12, using: &random) == 0 { return random.string() }
        let types = ["image", "video", "a", "application", isPattern ? "*" : "text", "", "*", "im age", "ımage"]
        let subtypes = ["png", "*", "jpeg", "b", "vnd.ms-x+xml", "vnd.ms-x", "p*", "png/png", "", "pñg", "png "]
        func skewed(_ limit: Int) -> Int {
            Int.random(in: 0..<Int.random(in: 1...limit, using: &random), using: &random)
        }
        var text = types[skewed(types.count)]
        text += Int.random(in: 0..<30, using: &random) == 0 ? "" : "/"
        text += subtypes[skewed(subtypes.count)]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: text += [";q=1", "; charset=utf-8", " ;x", ";", ";;/"][Int.random(in: 0..<5, using: &random)]
        case 1: text = [" ", "\t", "\n", "\r\n ", "\u{A0}"][Int.random(in: 0..<5, using: &random)] + text + " "
        default: break
        }
        return switch Int.random(in: 0..<4, using: &random) {
        case 0: text.uppercased()
        case 1: text.capitalized
        default: text
        }
    }

    @Test func decidesByTheRule() {
        var random = SplitMix(seed: 5)
        var found = 0
        for _ in 0..<20_000 {
            let list = (0..<Int.random(in: 0...6, using: &random)).map { _ in Self.text(&random, isPattern: true) }
            let type = Self.text(&random, isPattern: false)
            let entries = list.map { MediaType(type: $0) }
            let other = [MediaType(type: "other/type")]
            let expected = Self.naive(type, list)
            let indexed = MediaTypeIndex(entries).firstMatch(for: type)
            #expect(indexed == entries.firstMatch(for: type), "\(type.debugDescription) in \(list)")
            for direction in MessageDirection.allCases {
                let access =
                    direction == .inbound
                    ? MediaTypeAccess(inbound: entries, outbound: other)
                    : MediaTypeAccess(inbound: other, outbound: entries)
                let entry = MediaTypes(allow: access).entry(for: type, direction)
                #expect(entry?.type == expected, "\(type.debugDescription) in \(list) \(direction.rawValue)")
            }
            found += expected == nil ? 0 : 1
        }
        #expect((1_000...19_000).contains(found), "both outcomes are met often: \(found)")
    }

    @Test(
        arguments: [
            ("image/png", ["image/png"], "image/png"),
            ("IMAGE/Png", ["image/PNG"], "image/PNG"),
            ("image/png", ["video/*", "*/*", "image/png"], "*/*"),
            ("image/png", ["image/*", "image/png"], "image/*"),
            ("text/plain; charset=utf-8", ["text/plain"], "text/plain"),
            ("text/plain ; a=\"b;c\"", ["text/*"], "text/*"),
            (" \tapplication/pdf\r\n", ["application/pdf"], "application/pdf"),
            ("image/png", ["image/png; q=1"], "image/png; q=1"),
            ("image/svg+xml", ["image/svg"], nil),
            ("image/svg", ["image/svg+xml"], nil),
            ("images/png", ["image/*"], nil),
            ("image/png", [], nil),
            ("image/*", ["image/*", "*/*"], nil),
            ("*/*", ["*/*"], nil),
            ("image/", ["image/*", "*/*"], nil),
            ("/png", ["*/*"], nil),
            ("png", ["*/*"], nil),
            ("", ["*/*"], nil),
            (";image/png", ["*/*"], nil),
            ("image/png/x", ["image/*", "*/*"], nil),
            ("image /png", ["*/*"], nil),
            ("image/png, image/gif", ["*/*"], nil),
            ("text/ſtyle", ["*/*"], nil),
            ("image/png", ["*/png", "png", "*", "/", "", "image", "image/p*"], nil),
            ("image/\u{212A}ey", ["image/key"], nil),
        ] as [(String, [String], String?)]
    )
    func theEntryThatDecides(_ type: String, _ list: [String], _ expected: String?) {
        let access = MediaTypeAccess(inbound: list.map { MediaType(type: $0) })
        #expect(MediaTypes(allow: access).entry(for: type, .inbound)?.type == expected)
        #expect(MediaTypes(allow: access).entry(for: type, .outbound) == nil)
    }

    @Test func anAbsentListBlocksEverything() {
        var profile = SupportedContent()
        #expect(profile.entry(for: "image/png", .inbound) == nil)
        profile.mediaTypes = MediaTypes()
        #expect(profile.entry(for: "image/png", .inbound) == nil)
        profile.mediaTypes = MediaTypes(allow: MediaTypeAccess())
        #expect(profile.entry(for: "image/png", .inbound) == nil)
        profile.mediaTypes = MediaTypes(allow: MediaTypeAccess(outbound: [MediaType(type: "*/*")]))
        #expect(profile.entry(for: "image/png", .inbound) == nil)
        #expect(profile.entry(for: "image/png", .outbound)?.type == "*/*")
        #expect(profile.entry(for: "image/png", MessageDirection(rawValue: "Sideways")) == nil)
    }
}
