import MessagingCore
import Synchronization

/// The progress of a copy on a terminal: the share, the number of rows, the rate and the time left.
final class CopyDisplay: Sendable {
    private struct State {
        var step: CopyProgress.Step?
        var begin = ContinuousClock.now
        var lastShown: ContinuousClock.Instant?
    }

    /// The shortest time between two lines.
    private static let pause = Duration.milliseconds(100)
    private let state = Mutex(State())

    /// Shows a progress, at most ten times a second.
    func show(_ progress: CopyProgress) {
        let now = ContinuousClock.now
        let elapsed = state.withLock { state -> Duration? in
            if state.step != progress.step { state = State(step: progress.step, begin: now) }
            if let last = state.lastShown, now - last < Self.pause, progress.done < progress.total { return nil }
            state.lastShown = now
            return now - state.begin
        }
        if let elapsed { Terminal.showProgress(Self.line(progress, after: elapsed)) }
    }

    private static func line(_ progress: CopyProgress, after elapsed: Duration) -> String {
        let (done, total) = (progress.done, progress.total)
        let what = progress.step == .copying ? "Copying" : "Comparing"
        let share = total > 0 ? Int(Double(done) / Double(total) * 100) : 100
        var line = "\(what): \(share) %, \(done) of \(total) rows"
        let seconds = elapsed / .seconds(1)
        if seconds > 0, done > 0 {
            let rate = Double(done) / seconds
            line += ", \(Int(rate)) a second, \(Int((Double(total - done) / rate).rounded(.up))) s left"
        }
        return line
    }
}
