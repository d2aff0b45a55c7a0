import MessagingContract
import Testing

/// A document that must be refused at one offset for one reason.
struct RefusedDocument: CustomTestStringConvertible {
    let bytes: [UInt8]
    let offset: Int
    let reason: JSON.SyntaxError.Reason

    init(_ text: String, _ offset: Int, _ reason: JSON.SyntaxError.Reason) {
        self.init(Array(text.utf8), offset, reason)
    }

    init(_ bytes: [UInt8], _ offset: Int, _ reason: JSON.SyntaxError.Reason) {
        self.bytes = bytes
        self.offset = offset
        self.reason = reason
    }

    /// A string of these bytes.
    static func string(_ bytes: [UInt8], _ offset: Int, _ reason: JSON.SyntaxError.Reason) -> Self {
        Self([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")], offset, reason)
    }

    var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }

    func check() {
        #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: bytes) }
        do {
            _ = try JSON(parsing: bytes)
        } catch {
            #expect(error.offset == offset)
            #expect(error.reason == reason)
        }
    }
}

@Suite("JSON documents that are refused")
struct JSONRefuseTests {
    @Test(
        "structure",
        arguments: [
            .init("", 0, .unexpectedEnd), .init(" \n", 2, .unexpectedEnd), .init("[", 1, .unexpectedEnd),
            .init("{", 1, .unexpectedEnd), .init("[1", 2, .unexpectedEnd), .init("{\"a\"", 4, .unexpectedEnd),
            .init("{\"a\":", 5, .unexpectedEnd), .init("{\"a\":1", 6, .unexpectedEnd),
            .init("{\"a\":1,", 7, .unexpectedEnd),
            .init("[1,]", 3, .expectedValue), .init("[,1]", 1, .expectedValue), .init("[1,,2]", 3, .expectedValue),
            .init("[,]", 1, .expectedValue), .init(",", 0, .expectedValue), .init("]", 0, .expectedValue),
            .init("}", 0, .expectedValue), .init(":", 0, .expectedValue), .init("[1 2]", 3, .expectedCommaOrEnd),
            .init("[1:2]", 2, .expectedCommaOrEnd), .init("[1}", 2, .expectedCommaOrEnd), .init("{]", 1, .expectedName),
            .init("{,}", 1, .expectedName), .init("{\"a\":1,}", 7, .expectedName),
            .init("{\"a\":1,,}", 7, .expectedName),
            .init("{a:1}", 1, .expectedName), .init("{'a':1}", 1, .expectedName), .init("{1:1}", 1, .expectedName),
            .init("{null:1}", 1, .expectedName), .init("{[]:1}", 1, .expectedName),
            .init("{\"a\" 1}", 5, .expectedColon),
            .init("{\"a\",1}", 4, .expectedColon), .init("{\"a\"}", 4, .expectedColon),
            .init("{\"a\"::1}", 5, .expectedValue),
            .init("{\"a\":}", 5, .expectedValue), .init("{\"a\":1]", 6, .expectedCommaOrEnd),
            .init("{\"a\":1 \"b\":2}", 7, .expectedCommaOrEnd), .init("1 2", 2, .trailingContent),
            .init("[] []", 3, .trailingContent), .init("{}}", 2, .trailingContent), .init("[]]", 2, .trailingContent),
            .init("null,", 4, .trailingContent), .init("\"a\"\"b\"", 3, .trailingContent),
            .init("[]\0", 2, .trailingContent),
        ] as [RefusedDocument]
    )
    func structure(document: RefusedDocument) {
        document.check()
    }

    @Test(
        "words, comments and other notations",
        arguments: [
            .init("nul", 3, .unexpectedEnd), .init("nulL", 3, .invalidLiteral), .init("NULL", 0, .expectedValue),
            .init("True", 0, .expectedValue), .init("tru ", 3, .invalidLiteral), .init("trueish", 4, .trailingContent),
            .init("[nullnull]", 5, .expectedCommaOrEnd), .init("fals3", 4, .invalidLiteral),
            .init("undefined", 0, .expectedValue), .init("NaN", 0, .expectedValue), .init("nan", 1, .invalidLiteral),
            .init("Infinity", 0, .expectedValue), .init("[1]// c", 3, .trailingContent),
            .init("/* c */1", 0, .expectedValue),
            .init("[1/* c */]", 2, .expectedCommaOrEnd), .init("#1", 0, .expectedValue),
            .init("'a'", 0, .expectedValue),
            .init("`a`", 0, .expectedValue), .init("(1)", 0, .expectedValue), .init("\u{a0}1", 0, .expectedValue),
            .init("1\u{2003}", 1, .trailingContent), .init("\u{b}1", 0, .expectedValue),
            .init("[\u{c}1]", 1, .expectedValue),
            .init("[1\0]", 2, .expectedCommaOrEnd),
        ] as [RefusedDocument]
    )
    func words(document: RefusedDocument) {
        document.check()
    }

    @Test(
        "numbers outside the grammar",
        arguments: [
            .init("-", 1, .unexpectedEnd), .init("1.", 2, .unexpectedEnd), .init("1e", 2, .unexpectedEnd),
            .init("1e+", 3, .unexpectedEnd), .init("+1", 0, .expectedValue), .init(".5", 0, .expectedValue),
            .init("01", 1, .invalidNumber), .init("-01", 2, .invalidNumber), .init("00", 1, .invalidNumber),
            .init("-a", 1, .invalidNumber), .init("--1", 1, .invalidNumber), .init("- 1", 1, .invalidNumber),
            .init("-.5", 1, .invalidNumber), .init("-Infinity", 1, .invalidNumber), .init("-NaN", 1, .invalidNumber),
            .init("[1.]", 3, .invalidNumber), .init("1.e1", 2, .invalidNumber), .init("1.-1", 2, .invalidNumber),
            .init("[1e]", 3, .invalidNumber), .init("1e1.5", 3, .trailingContent), .init("1e--1", 3, .invalidNumber),
            .init("1ee1", 2, .invalidNumber), .init("1.2.3", 3, .trailingContent), .init("1 000", 2, .trailingContent),
            .init("1_000", 1, .trailingContent), .init("0x10", 1, .trailingContent), .init("1f", 1, .trailingContent),
            .init("１", 0, .expectedValue), .init("0e", 2, .unexpectedEnd), .init("[-]", 2, .invalidNumber),
        ] as [RefusedDocument]
    )
    func numbers(document: RefusedDocument) {
        document.check()
    }

    @Test("the error says where and why, and nothing of the input")
    func description() {
        #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: Array("[secret]".utf8)) }
        do {
            _ = try JSON(parsing: Array("[secret]".utf8))
        } catch {
            #expect(error.description == "expected a value at byte 1")
        }
    }
}
