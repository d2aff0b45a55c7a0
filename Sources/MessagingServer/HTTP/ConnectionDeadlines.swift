import NIOCore

/// The times at which a connection is looked at again, with one timer for all of them that is moved as rarely as can be.
struct ConnectionDeadlines {
    /// When the input that is waited for must have come; nil when none is waited for.
    var input: NIODeadline?
    private let answer: TimeAmount
    private var output: (due: NIODeadline, goal: Int)?
    private var timer: (due: NIODeadline, task: Scheduled<Void>)?

    /// Deadlines of which none is set; `answer` is the time in which what waits to be sent must be sent.
    init(answer: TimeAmount) { self.answer = answer }

    /// Begins to wait for the client to read, if of the bytes that were written some wait for that.
    mutating func flushed(_ written: Int, waiting: Int, at now: NIODeadline) {
        if waiting == 0 {
            output = nil
        } else if output == nil {
            output = (now + answer, written)
        }
    }

    /// Whether what waited when the time began still waits now that it is over. If it does not, the time begins anew.
    mutating func isAnswerOverdue(_ written: Int, waiting: Int, at now: NIODeadline) -> Bool {
        guard let output, output.due <= now else { return false }
        if written - waiting < output.goal { return true }
        self.output = nil
        flushed(written, waiting: waiting, at: now)
        return false
    }

    /// Calls `action` when the next deadline is over, or before.
    mutating func schedule(on eventLoop: any EventLoop, at now: NIODeadline, _ action: @escaping () -> Void) {
        if let timer, timer.due <= now { self.timer = nil }
        guard var due = input ?? output?.due else { return }
        if let output, output.due < due { due = output.due }
        if let timer, timer.due <= due { return }
        timer?.task.cancel()
        timer = (due, eventLoop.assumeIsolated().scheduleTask(deadline: due, action))
    }

    /// Forgets all.
    mutating func cancel() {
        timer?.task.cancel()
        timer = nil
        input = nil
        output = nil
    }
}
