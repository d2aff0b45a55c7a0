import MessagingContract
import Testing

@Suite("JSON strings and encodings that are refused")
struct JSONRefuseStringTests {
    @Test(
        "strings",
        arguments: [
            .init("\"", 1, .unexpectedEnd), .init("\"a", 2, .unexpectedEnd), .init("\"a\\", 3, .unexpectedEnd),
            .init("\"a\\\"", 4, .unexpectedEnd), .init("\"\\u", 3, .unexpectedEnd), .init("\"\\u12", 5, .unexpectedEnd),
            .init("\"a\nb\"", 2, .controlCharacter), .init("\"a\tb\"", 2, .controlCharacter),
            .init("\"a\0\"", 2, .controlCharacter), .init("\"\u{1f}\"", 1, .controlCharacter),
            .init("\"\\n and\n\"", 7, .controlCharacter), .init(#""a\x""#, 2, .invalidEscape),
            .init(#""\'""#, 1, .invalidEscape), .init(#""\a""#, 1, .invalidEscape), .init(#""\N""#, 1, .invalidEscape),
            .init(#""\U0041""#, 1, .invalidEscape), .init(#""\0""#, 1, .invalidEscape),
            .init("\"\\\n\"", 1, .invalidEscape),
            .init("\"\\é\"", 1, .invalidEscape), .init(#""ab\u00g0""#, 3, .invalidEscape),
            .init(#""\u004""#, 1, .invalidEscape),
            .init(#""\u{41}""#, 1, .invalidEscape), .init(#""\u+041""#, 1, .invalidEscape),
            .init(#""\u 041""#, 1, .invalidEscape),
            .init(#""\u0000""#, 1, .nullCharacter), .init(#""ab\u0000""#, 3, .nullCharacter),
            .init(#"{"a\u0000":1}"#, 3, .nullCharacter), .init(#""\ud800""#, 1, .loneSurrogate),
            .init(#""\udbff""#, 1, .loneSurrogate), .init(#""\udc00""#, 1, .loneSurrogate),
            .init(#""\uDFFF""#, 1, .loneSurrogate),
            .init(#""\udc00\ud800""#, 1, .loneSurrogate), .init(#""\ud83dx""#, 1, .loneSurrogate),
            .init(#""\ud83d\n""#, 1, .loneSurrogate), .init(#""\ud83d\u0041""#, 1, .loneSurrogate),
            .init(#""\ud83d\udbff""#, 1, .loneSurrogate), .init(#""\ud83d\ue000""#, 1, .loneSurrogate),
            .init(#""\ud83d\ud83d\ude00""#, 1, .loneSurrogate), .init(#""\ud83d\ude00\ude00""#, 13, .loneSurrogate),
            .init(#"{"\ud800":1}"#, 2, .loneSurrogate), .init(#""\ud83d\uzzzz""#, 7, .invalidEscape),
        ] as [RefusedDocument]
    )
    func strings(document: RefusedDocument) {
        document.check()
    }

    @Test(
        "bytes that are not UTF-8",
        arguments: [
            .string([0x61, 0x80], 2, .invalidUTF8), .string([0xBF], 1, .invalidUTF8), .string([0xC3], 1, .invalidUTF8),
            .string([0xC3, 0x28], 1, .invalidUTF8), .string([0xC0, 0x80], 1, .invalidUTF8),
            .string([0xC0, 0xAF], 1, .invalidUTF8), .string([0xC1, 0xBF], 1, .invalidUTF8),
            .string([0xE0, 0x80, 0xAF], 1, .invalidUTF8), .string([0xE0, 0x9F, 0xBF], 1, .invalidUTF8),
            .string([0xE2, 0x82], 1, .invalidUTF8), .string([0xED, 0xA0, 0x80], 1, .invalidUTF8),
            .string([0xED, 0xBF, 0xBF], 1, .invalidUTF8),
            .string([0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], 1, .invalidUTF8),
            .string([0xF0, 0x80, 0x80, 0xAF], 1, .invalidUTF8), .string([0xF0, 0x8F, 0xBF, 0xBF], 1, .invalidUTF8),
            .string([0xF0, 0x9F, 0x98], 1, .invalidUTF8), .string([0xF4, 0x90, 0x80, 0x80], 1, .invalidUTF8),
            .string([0xF5, 0x80, 0x80, 0x80], 1, .invalidUTF8),
            .string([0xF8, 0x88, 0x80, 0x80, 0x80], 1, .invalidUTF8),
            .string([0xFE], 1, .invalidUTF8), .string([0xFF], 1, .invalidUTF8),
            .string(Array("é and 😀".utf8) + [0xE9], 12, .invalidUTF8),
            .string(Array("\\n é".utf8) + [0xE9] + Array("\\n".utf8), 6, .invalidUTF8),
            .string([0xC3] + Array("\\u00e9".utf8), 1, .invalidUTF8),
            .string([0xFF] + Array("\\x".utf8), 1, .invalidUTF8),
            .init([UInt8(ascii: "{"), UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")], 2, .invalidUTF8),
            .init([0xFF], 0, .expectedValue), .init([UInt8(ascii: "["), 0x80, UInt8(ascii: "]")], 1, .expectedValue),
        ] as [RefusedDocument]
    )
    func encoding(document: RefusedDocument) {
        document.check()
    }

    @Test(
        "byte order marks and other encodings",
        arguments: [
            .init("\u{feff}[]", 0, .byteOrderMark), .init("\u{feff}", 0, .byteOrderMark),
            .init(" \u{feff}[]", 1, .expectedValue), .init("[]\u{feff}", 2, .trailingContent),
            .init([0xEF, 0xBB], 0, .expectedValue),
            .init([0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], 0, .expectedValue),
            .init([0xFE, 0xFF, 0x00, 0x5B, 0x00, 0x5D], 0, .expectedValue),
            .init([0x5B, 0x00, 0x5D, 0x00], 1, .expectedValue), .init([0x00, 0x5B, 0x00, 0x5D], 0, .expectedValue),
            .init([0x22, 0x00, 0x22, 0x00], 1, .controlCharacter), .init([0x31, 0x00], 1, .trailingContent),
            .init([0x5B, 0x00, 0x00, 0x00, 0x5D, 0x00, 0x00, 0x00], 1, .expectedValue),
        ] as [RefusedDocument]
    )
    func marks(document: RefusedDocument) {
        document.check()
    }
}
