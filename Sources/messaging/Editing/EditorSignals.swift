import Foundation
import MessagingFiles
import Synchronization

/// The signals while an editor has the terminal. Ctrl-C and Ctrl-\ belong to the editor. When the program is to end, or its terminal goes, an
/// action runs before it ends.
///
/// It uses no source of Dispatch, since a second source for a signal does not always replace the handler that was set before it.
final class EditorSignals {
    private static let ignored = [SIGINT, SIGQUIT]
    private static let final = [SIGTERM, SIGHUP]
    private let previous: [(signal: Int32, action: sigaction)]
    private let action = Action()
    private let writer: Int32

    /// Begins to handle the signals.
    init() throws(Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw Failure(.failed, "editor.failed", "no editor can be started: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reader, action) = (ends[0], action)
        writer = ends[1]
        signalPipe.store(ends[1], ordering: .sequentiallyConsistent)
        previous = (Self.ignored + Self.final).map { number in
            var previous = sigaction()
            _ = sigaction(number, nil, &previous)
            return (number, previous)
        }
        for number in Self.ignored { signal(number, SIG_IGN) }
        for number in Self.final { signal(number, passOn) }
        Thread.detachNewThread {
            var number: UInt8 = 0
            var count = read(reader, &number, 1)
            while count < 0, errno == EINTR { count = read(reader, &number, 1) }
            close(reader)
            guard count == 1 else { return }
            action.run()
            exit(128 + Int32(number))
        }
    }

    /// Sets the action.
    func beforeEnd(_ action: @escaping @Sendable () -> Void) { self.action.set(action) }

    /// Ends the handling.
    func end() {
        for (number, var action) in previous { _ = sigaction(number, &action, nil) }
        signalPipe.store(-1, ordering: .sequentiallyConsistent)
        close(writer)
    }

    private final class Action: Sendable {
        private let action = Mutex<@Sendable () -> Void>({})

        func set(_ new: @escaping @Sendable () -> Void) { action.withLock { $0 = new } }
        func run() { action.withLock { $0 }() }
    }
}

/// The end of a pipe to which the handler writes; -1 if there is none.
private let signalPipe = Atomic<Int32>(-1)

/// Writes the number of a signal to the pipe. A handler may do little more than that.
private func passOn(_ number: Int32) {
    var byte = UInt8(truncatingIfNeeded: number)
    let cause = errno
    _ = write(signalPipe.load(ordering: .sequentiallyConsistent), &byte, 1)
    errno = cause
}
