import Testing

@testable import MessagingContract

@Suite struct ASCIITests {
    @Test(arguments: [0, 7, 10, 42, 1_000_000, -1, -305, .max, .min])
    func numbersAreAppendedInDecimalDigits(number: Int) {
        var bytes = Array("n=".utf8)
        bytes.append(decimal: number)
        #expect(bytes == Array("n=\(number)".utf8))
    }

    @Test func textsAreAppendedInUTF8() {
        var bytes: [UInt8] = []
        bytes.append("a\r\n")
        bytes.append(utf8Of: "\u{e9}\u{4E00}")
        #expect(bytes == Array("a\r\n\u{e9}\u{4E00}".utf8))
    }
}
