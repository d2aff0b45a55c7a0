extension JSON {
    /// A JSON number, kept as the text it was written with; equal only when that text is the same.
    public struct Number: Hashable, Sendable, CustomStringConvertible {
        /// The text, in the grammar of RFC 8259, section 6; any length.
        public let literal: String

        /// The number in plain decimal digits.
        public init(_ value: Int) {
            literal = String(value)
        }

        /// The number in plain decimal digits.
        public init(_ value: Int64) {
            literal = String(value)
        }

        /// The shortest text that reads as this number again; nil for what is no number, or has no end.
        public init?(_ value: Double) {
            guard value.isFinite else { return nil }
            literal = value.description
        }

        /// A number whose text the parser has checked.
        init(checked literal: String) {
            self.literal = literal
        }

        /// The literal.
        public var description: String { literal }

        /// The nearest `Double`, zero when smaller than any; nil when the number is beyond the range of `Double`.
        public var double: Double? {
            guard let value = Double(literal), value.isFinite else { return nil }
            return value
        }

        /// The number, also when written as `1.0`, `1e2` or `-0`; nil when it has a fraction or is beyond the range of
        /// `Int`. Takes time proportional to the length of the literal, whatever its exponent.
        public var int: Int? {
            if let value = Int(literal) { return value }
            var decimal = Decimal()
            for byte in literal.utf8 {
                guard decimal.read(byte) else { return nil }
            }
            return decimal.int
        }
    }
}

extension JSON.Number {
    /// What has been read of a literal: its value is `negated * 10^(zeros - fractionDigits + exponent)`.
    private struct Decimal {
        private enum Part { case integer, fraction, exponent }

        private var part = Part.integer
        private var isNegative = false
        /// The significant digits up to the last one that is not zero, below zero because `Int.min` has no opposite.
        private var negated = 0
        /// Zeros read after those digits; meaningless before the first of them.
        private var zeros = 0
        private var fractionDigits = 0
        private var exponent = 0
        private var exponentIsNegative = false

        /// Takes one more byte; false when the number cannot be an `Int` whatever follows.
        mutating func read(_ byte: UInt8) -> Bool {
            switch (byte, part) {
            case (UInt8(ascii: "-"), .exponent): exponentIsNegative = true
            case (UInt8(ascii: "-"), _): isNegative = true
            case (UInt8(ascii: "."), _): part = .fraction
            case (UInt8(ascii: "e"), _), (UInt8(ascii: "E"), _): part = .exponent
            case (UInt8(ascii: "0")...UInt8(ascii: "9"), .exponent):
                // No literal has enough digits to bring a larger exponent back into range.
                exponent = Swift.min(exponent * 10 + Int(byte & 0x0F), Int.max / 100)
            case (UInt8(ascii: "0")...UInt8(ascii: "9"), _):
                if part == .fraction { fractionDigits += 1 }
                return append(Int(byte & 0x0F))
            default: break
            }
            return true
        }

        private mutating func append(_ digit: Int) -> Bool {
            guard digit != 0 else {
                zeros += 1
                return true
            }
            guard negated == 0 || shift(by: zeros + 1) else { return false }
            zeros = 0
            let (value, overflow) = negated.subtractingReportingOverflow(digit)
            negated = value
            return !overflow
        }

        /// Multiplies by a power of ten; false on overflow, which comes after at most 19 steps.
        private mutating func shift(by places: Int) -> Bool {
            for _ in 0..<places {
                let (value, overflow) = negated.multipliedReportingOverflow(by: 10)
                guard !overflow else { return false }
                negated = value
            }
            return true
        }

        var int: Int? {
            guard negated != 0 else { return 0 }
            let places = zeros - fractionDigits + (exponentIsNegative ? -exponent : exponent)
            var result = self
            guard places >= 0, result.shift(by: places) else { return nil }
            guard !isNegative else { return result.negated }
            let (value, overflow) = 0.subtractingReportingOverflow(result.negated)
            return overflow ? nil : value
        }
    }
}
