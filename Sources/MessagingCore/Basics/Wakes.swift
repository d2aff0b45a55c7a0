/// Calls that wake other threads, put off until the end of what a thread is doing now.
///
/// A thread that wakes another one for each of many tasks may lose its processor at the first of them. Then the two take turns, and each
/// handles one task where it could handle all of them.
package enum Wakes {
    private final class Deferred {
        var wakes: [() -> Void] = []
    }

    /// The pointer of a thread to the calls that its present step has put off.
    private static let word = ThreadWord()

    /// Calls `step`, and makes the calls that it has put off when it has returned. Within another step, they are made at the end of that.
    package static func deferred(during step: () -> Void) {
        if word.value != nil { return step() }
        let deferred = Deferred()
        word.value = Unmanaged.passUnretained(deferred).toOpaque()
        withExtendedLifetime(deferred, step)
        word.value = nil
        for wake in deferred.wakes { wake() }
    }

    /// Calls `wake` at the end of the present step of the thread, or at once outside of a step.
    package static func atEndOfStep(_ wake: @escaping () -> Void) {
        guard let pointer = word.value else { return wake() }
        Unmanaged<Deferred>.fromOpaque(pointer).takeUnretainedValue().wakes.append(wake)
    }
}
