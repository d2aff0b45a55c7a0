import ArgumentParser

/// A time on the command line: a number and its unit.
struct Interval: Equatable {
    /// The time.
    let duration: Duration

    /// Reads a form such as `30s`, `5m` or `1h`. Throws an error that states the range for anything else, and for less than a second or more
    /// than a week.
    init(_ text: String) throws {
        guard let unit = text.last, let number = Int(text.dropLast()), number > 0, let seconds = Self.units[unit] else {
            throw Self.outside
        }
        let (total, isTooLarge) = number.multipliedReportingOverflow(by: seconds)
        guard !isTooLarge, total <= 604_800 else { throw Self.outside }
        duration = .seconds(total)
    }

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
    private static let outside = ValidationError("It must be 1s to 168h, with the unit s, m or h.")
}
