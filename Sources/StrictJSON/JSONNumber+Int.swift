extension JSON.Number {
    /// The number as an `Int`, even if it is written as `1.0`, `1e2` or `-0`. It is nil for a fraction or beyond the range of `Int`.
    ///
    /// It takes time proportional to the length of the literal, whatever its exponent.
    public var int: Int? {
        if let value = Int(literal) { return value }
        var decimal = Decimal()
        for byte in literal.utf8 {
            guard decimal.read(byte) else { return nil }
        }
        return decimal.int
    }

    /// The digits of a literal that have been read. Their value is `negated * 10^(zeros - fractionDigits + exponent)`.
    private struct Decimal {
        private enum Part { case integer, fraction, exponent }

        private var part = Part.integer
        private var isNegative = false
        /// The significant digits up to the last one that is not zero. The value is negative, because `Int.min` has no opposite.
        private var negated = 0
        /// The number of zeros after those digits. It is meaningless before the first digit that is not zero.
        private var zeros = 0
        private var fractionDigits = 0
        private var exponent = 0
        private var exponentIsNegative = false

        /// Reads one more byte. Returns false if the number cannot be an `Int` whatever follows.
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

        /// Multiplies by a power of ten. Returns false on overflow, which happens after at most 19 steps.
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
