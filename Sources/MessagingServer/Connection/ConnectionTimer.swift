import NIOCore

/// The timer of a connection. It serves all deadlines and is moved as rarely as possible: it may fire before the next deadline.
struct ConnectionTimer {
    private var next: (due: NIODeadline, task: Scheduled<Void>)?

    /// Calls `action` at this time, or earlier.
    mutating func schedule(at due: NIODeadline, on eventLoop: any EventLoop, _ action: @escaping () -> Void) {
        if let next, next.due <= due, next.due > eventLoop.now { return }
        next?.task.cancel()
        next = (due, eventLoop.assumeIsolated().scheduleTask(deadline: due, action))
    }

    /// Stops the timer.
    mutating func cancel() {
        next?.task.cancel()
        next = nil
    }
}
