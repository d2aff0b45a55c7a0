import MessagingContract
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
    private func number(_ literal: String) throws -> JSON.Number {
        try #require(try JSON(parsing: Array(literal.utf8)).number)
    }

    @Test(
        "int is exact or nil",
        arguments: [
            ("0", 0), ("-0", 0), ("0.0", 0), ("-0e5", 0), ("0e999999999", 0), ("0.000e-999999999", 0), ("1", 1),
            ("-1", -1),
            ("1.0", 1), ("1.000", 1), ("1e2", 100), ("1E+2", 100), ("100e-2", 1), ("1.5", nil), ("1.5e1", 15),
            ("-1.5e1", -15),
            ("150e-1", 15), ("155e-1", nil), ("1e-1", nil), ("0.1e1", 1), ("0.001e3", 1), ("0.001e2", nil),
            ("10.10", nil),
            ("10.10e2", 1010), ("1000000e-6", 1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("9223372036854775807.0", .max),
            ("-9223372036854775808.00", .min), ("9223372036854775808.0", nil), ("-922337203685477580.8e1", .min),
            ("922337203685477580.8e1", nil), ("9223372036854775807.5", nil), ("1e18", 1_000_000_000_000_000_000),
            ("1e19", nil),
            ("1e999999999", nil), ("-1e999999999", nil), ("1e-999999999", nil), ("1e99999999999999999999999999", nil),
            ("1e-99999999999999999999999999", nil), ("0e99999999999999999999999999", 0),
            ("1e0000000000000000000000002", 100),
            ("123456789012345678901234567890", nil), ("1234567890123456789000000e-6", 1_234_567_890_123_456_789),
        ] as [(String, Int?)]
    )
    func int(literal: String, expected: Int?) throws {
        #expect(try number(literal).int == expected)
    }

    @Test("int agrees with the value wherever the point is put", arguments: [1, -1, 42, 120, -98_765, .max, .min])
    func movedPoint(value: Int) throws {
        for places in 0..<30 {
            let zeros = String(repeating: "0", count: places)
            #expect(try number("\(value)\(zeros)e-\(places)").int == value)
            #expect(try number("\(value).0\(zeros)").int == value)
            #expect(try number("\(value)\(zeros)1e-\(places + 1)").int == nil)
        }
    }

    @Test(
        "double is the nearest one or nil",
        arguments: [
            ("0", 0), ("1.5", 1.5), ("-2.5e-3", -0.0025), ("0.1", 0.1), ("1e308", 1e308), ("1e309", nil),
            ("-1e309", nil),
            ("1e999999999", nil), ("1e-999999999", 0), ("1e99999999999999999999999999", nil),
            ("1e-99999999999999999999999999", 0), ("9007199254740993", 9_007_199_254_740_992),
            ("5e-324", .leastNonzeroMagnitude),
            ("0e999999999", 0), ("1.7976931348623157e308", .greatestFiniteMagnitude),
        ] as [(String, Double?)]
    )
    func double(literal: String, expected: Double?) throws {
        #expect(try number(literal).double == expected)
    }

    @Test("numbers are the same when their text is")
    func equality() throws {
        #expect(JSON.Number(7) == JSON.Number(Int64(7)))
        #expect(try number("7") == JSON.Number(7))
        #expect(try number("7.0") != JSON.Number(7))
        #expect(JSON.Number(Int.min).literal == "-9223372036854775808")
        #expect(JSON.Number(-3).description == "-3")
    }
}
