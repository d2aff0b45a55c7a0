import NIOCore

/// The timer of a connection. It serves all deadlines and is moved as rarely as possible: it may fire before the next deadline.
struct ConnectionTimer {
    private var next: (due: NIODeadline, task: Scheduled<Void>)?

    /// Returns whether the timer fires after `now` and by this time, so that it need not be moved.
    func fires(by due: NIODeadline, after now: NIODeadline) -> Bool {
        next.map { $0.due <= due && $0.due > now } ?? false
    }

    /// Moves the timer: it calls `action` at this time.
    mutating func move(to due: NIODeadline, on eventLoop: any EventLoop, _ action: @escaping () -> Void) {
        next?.task.cancel()
        next = (due, eventLoop.assumeIsolated().scheduleTask(deadline: due, action))
    }

    /// Stops the timer.
    mutating func cancel() {
        next?.task.cancel()
        next = nil
    }
}
