/// The difference of the clock of a host from the one of this machine, in words.
enum ClockDifference {
    /// Returns the difference in the largest unit that it has at least two of.
    static func text(aheadBy seconds: Int) -> String {
        let size = seconds.magnitude
        let unit = units.first { size >= 2 * $0.seconds } ?? (1, "s")
        return "the host is \(size / unit.seconds) \(unit.name) \(seconds < 0 ? "behind" : "ahead")"
    }

    private static let units: [(seconds: UInt, name: String)] = [
        (31_557_600, "years"), (86_400, "days"), (3_600, "hours"), (60, "minutes"),
    ]
}
