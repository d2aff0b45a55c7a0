import Foundation

/// A line on standard error that shows how much is done, on a terminal only.
final class ProgressLine {
    private let noun: String
    private let total: Int?
    private let isShown = Terminal.showsTalk
    private let start = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    /// Creates a line for a number of things, which `noun` names. The total is nil if it is not known.
    init(_ noun: String, of total: Int? = nil) {
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
    static func line(_ done: Int, of total: Int?, _ noun: String, after time: Duration) -> String {
        let seconds = time / .seconds(1)
        let count = total.map { "\(done) of \($0) \(noun)" } ?? "\(done) \(noun)"
        guard done > 0, seconds > 0.5 else { return count }
        let rate = Double(done) / seconds
        let left = total.map { ", \(Int((Double($0 - done) / rate).rounded(.up))) s left" } ?? ""
        return "\(count), \(Int(rate.rounded())) a second\(left)"
    }
}
