public import struct Foundation.Date

extension Date {
    /// The moment in the API's form: UTC with exactly three decimals, such as `2026-03-01T09:15:27.104Z`.
    public var wire: String {
        let milliseconds = millisecondsSince1970
        let (day, ofDay) = milliseconds.quotientAndRemainderFlooring(by: 86_400_000)
        let (year, month, dayOfMonth) = Self.civil(day: day)
        return String(unsafeUninitializedCapacity: 24) { text in
            text.write(year, at: 0, digits: 4, "-")
            text.write(month, at: 5, digits: 2, "-")
            text.write(dayOfMonth, at: 8, digits: 2, "T")
            text.write(ofDay / 3_600_000, at: 11, digits: 2, ":")
            text.write(ofDay / 60_000 % 60, at: 14, digits: 2, ":")
            text.write(ofDay / 1_000 % 60, at: 17, digits: 2, ".")
            text.write(ofDay % 1_000, at: 20, digits: 3, "Z")
            return 24
        }
    }

    /// Reads an ISO 8601 date and time. The zone is an offset, `Z` or absent (UTC). Of at most nine decimals, milliseconds are kept.
    ///
    /// Returns nil if the text has another form.
    public init?(wire text: String) {
        var text = text
        guard let milliseconds = text.withUTF8({ Self.milliseconds($0) }) else { return nil }
        self.init(millisecondsSince1970: milliseconds)
    }

    private static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T"), let hour = scanner.number(2), scanner.skip(":"),
            let minute = scanner.number(2), scanner.skip(":"), let second = scanner.number(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        guard let fraction = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let days = Self.day(year: year, month: month, day: day)
        let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second) - Int64(offset)
        return seconds * 1_000 + Int64(fraction)
    }

    /// Creates the moment that is this number of milliseconds after 1970 began.
    public init(millisecondsSince1970 milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }

    /// The number of milliseconds since 1970 began, rounded. The moment is clamped to the years 1 to 9999.
    public var millisecondsSince1970: Int64 {
        Int64((min(max(timeIntervalSince1970, -62_135_596_800), 253_402_300_799) * 1_000).rounded())
    }

    /// The moment rounded to a whole millisecond, the precision of the API.
    public var roundedToMilliseconds: Date { Date(millisecondsSince1970: millisecondsSince1970) }

    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (day + 719_468).quotientAndRemainderFlooring(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func day(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let (era, yearOfEra) = shifted.quotientAndRemainderFlooring(by: 400)
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Int64 {
    /// Returns the quotient, rounded down, and a remainder that is not negative. The divisor must be positive.
    package func quotientAndRemainderFlooring(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes the last `digits` digits of a number that is not negative, followed by one character.
    fileprivate func write(_ number: Int64, at start: Int, digits: Int, _ separator: Unicode.Scalar) {
        var rest = number
        for place in (start..<start + digits).reversed() {
            initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        initializeElement(at: start + digits, to: UInt8(ascii: separator))
    }
}

private struct DigitScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { position == text.count }

    mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < text.count, Unicode.Scalar(text[position]) == character else { return false }
        position += 1
        return true
    }

    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        var milliseconds = 0
        var weight = 100
        var count = 0
        while let digit = digit() {
            milliseconds += digit * weight
            weight /= 10
            count += 1
        }
        return (1...9).contains(count) ? milliseconds : nil
    }

    mutating func offset() -> Int? {
        if isAtEnd || skip("Z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2) else { return nil }
        _ = skip(":")
        guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }

    private mutating func digit() -> Int? {
        guard position < text.count, text[position].isDigit else { return nil }
        defer { position += 1 }
        return Int(text[position]) - 0x30
    }
}
