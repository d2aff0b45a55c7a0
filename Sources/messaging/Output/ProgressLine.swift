import Foundation

/// A line on standard error that shows how much is done, on a terminal only.
final class ProgressLine {
    private let noun: String
    private let total: Int
    private let isShown = Terminal.showsTalk
    private let start = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    /// Creates a line for a number of things, which `noun` names.
    init(_ noun: String, of total: Int) {
        self.noun = noun
        self.total = total
    }

    /// Shows that this many are done, with the rate and the time left, ten times a second at most.
    func show(_ done: Int) {
        let now = ContinuousClock.now
        guard isShown, done == total || lastShown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
        lastShown = now
        Terminal.replaceLine(Self.line(done, of: total, noun, after: now - start))
    }

    /// Ends the line.
    func end() {
        if lastShown != nil { Terminal.replaceLine("") }
    }

    /// Returns the line after a time.
    static func line(_ done: Int, of total: Int, _ noun: String, after time: Duration) -> String {
        let seconds = time / .seconds(1)
        guard done > 0, seconds > 0.5 else { return "\(done) of \(total) \(noun)" }
        let rate = Double(done) / seconds
        let left = Int((Double(total - done) / rate).rounded(.up))
        return "\(done) of \(total) \(noun), \(Int(rate.rounded())) a second, \(left) s left"
    }
}
