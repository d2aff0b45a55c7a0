import NIOCore

/// The deadlines of a connection. One timer serves all of them and is moved as rarely as possible.
struct ConnectionDeadlines {
    /// The deadline for expected input; nil if no input is expected.
    var input: NIODeadline?
    private let answer: TimeAmount
    private var output: (due: NIODeadline, goal: Int)?
    private var timer: (due: NIODeadline, task: Scheduled<Void>)?

    /// Creates a value without deadlines. `answer` is the time in which waiting output must be sent.
    init(answer: TimeAmount) { self.answer = answer }

    /// Starts the deadline for the client to read, if some of the written bytes wait for that.
    mutating func flushed(_ written: Int, waiting: Int, at now: NIODeadline) {
        if waiting == 0 {
            output = nil
        } else if output == nil {
            output = (now + answer, written)
        }
    }

    /// Returns whether the deadline has passed while bytes that waited when it was set still wait. If they do not, it is set anew.
    mutating func isAnswerOverdue(_ written: Int, waiting: Int, at now: NIODeadline) -> Bool {
        guard let output, output.due <= now else { return false }
        if written - waiting < output.goal { return true }
        self.output = nil
        flushed(written, waiting: waiting, at: now)
        return false
    }

    /// Calls `action` when the next deadline has passed, or earlier.
    mutating func schedule(on eventLoop: any EventLoop, at now: NIODeadline, _ action: @escaping () -> Void) {
        if let timer, timer.due <= now { self.timer = nil }
        guard var due = input ?? output?.due else { return }
        if let output, output.due < due { due = output.due }
        if let timer, timer.due <= due { return }
        timer?.task.cancel()
        timer = (due, eventLoop.assumeIsolated().scheduleTask(deadline: due, action))
    }

    /// Removes all deadlines.
    mutating func cancel() {
        timer?.task.cancel()
        timer = nil
        input = nil
        output = nil
    }
}
