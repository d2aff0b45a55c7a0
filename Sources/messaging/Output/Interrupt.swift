import Dispatch
import Foundation

/// The handler of the first Ctrl-C. The second one ends the program at once.
final class Interrupt {
    private let source: any DispatchSourceSignal

    /// Begins to call `action`, on a thread of its own, at the first interrupt.
    init(_ action: @escaping @Sendable () -> Void) {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            signal(SIGINT, SIG_DFL)
            action()
        }
        source.activate()
    }

    /// Ends the handling, so that an interrupt ends the program.
    func end() {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
