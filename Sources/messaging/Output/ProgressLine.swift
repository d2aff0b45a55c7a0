import Foundation

/// A line on standard error that shows how much is done, on a terminal only.
final class ProgressLine {
    private let text: (_ done: Int, _ time: Duration) -> String
    private let total: Int?
    private let isShown = Terminal.showsTalk
    private let start = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    /// Creates a line for a number of things, which `noun` names. The total is nil if it is not known.
    init(_ noun: String, of total: Int? = nil) {
        self.total = total
        text = { Self.line($0, of: total, noun, after: $1) }
    }

    /// Creates a line for a number of bytes; nil if it is not known.
    init(bytes total: Int?) {
        self.total = total
        text = { Self.line(bytes: $0, of: total, after: $1) }
    }

    /// Shows that this many are done, with the rate and the time left, ten times a second at most.
    func show(_ done: Int) {
        guard isShown else { return }
        let now = ContinuousClock.now
        guard done == total || lastShown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
        lastShown = now
        Terminal.replaceLine(text(done, now - start))
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
        let speed = rate < 1 ? "" : ", \(Int(rate.rounded())) a second"
        return "\(count)\(speed)\(left)"
    }

    /// Returns the line for bytes after a time. Without a total it has no time left.
    static func line(bytes done: Int, of total: Int?, after time: Duration) -> String {
        let seconds = time / .seconds(1)
        let amount = total.map { "\(mebibytes(done)) of \(mebibytes($0)) MiB" } ?? "\(mebibytes(done)) MiB"
        guard done > 0, seconds > 0.5 else { return amount }
        let rate = Double(done) / seconds
        let line = "\(amount), \(mebibytes(rate)) MiB a second"
        guard let total else { return line }
        return "\(line), \(Int((Double(max(0, total - done)) / rate).rounded(.up))) s left"
    }

    private static func mebibytes(_ bytes: some BinaryInteger) -> String { mebibytes(Double(bytes)) }

    private static func mebibytes(_ bytes: Double) -> String {
        let tenths = Int((bytes / Double(1 << 20) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
