import Dispatch
import Foundation
import Synchronization

/// The signals while an editor has the terminal. Ctrl-C and Ctrl-\ belong to the editor. When the program is to end, or its terminal goes, an
/// action runs before it ends.
final class EditorSignals {
    private static let ignored = [SIGINT, SIGQUIT]
    private static let final = [SIGTERM, SIGHUP]
    private let previous: [(signal: Int32, action: sigaction)]
    private let sources: [any DispatchSourceSignal]
    private let action: Action

    /// Begins to handle the signals.
    init() {
        previous = (Self.ignored + Self.final).map { number in
            var previous = sigaction()
            _ = sigaction(number, nil, &previous)
            signal(number, SIG_IGN)
            return (number, previous)
        }
        let action = Action()
        self.action = action
        sources = Self.final.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                action.run()
                exit(128 + number)
            }
            source.activate()
            return source
        }
    }

    /// Sets the action.
    func beforeEnd(_ action: @escaping @Sendable () -> Void) { self.action.set(action) }

    /// Ends the handling.
    func end() {
        for source in sources { source.cancel() }
        for (number, var action) in previous { _ = sigaction(number, &action, nil) }
    }

    private final class Action: Sendable {
        private let action = Mutex<@Sendable () -> Void>({})

        func set(_ new: @escaping @Sendable () -> Void) { action.withLock { $0 = new } }
        func run() { action.withLock { $0 }() }
    }
}
