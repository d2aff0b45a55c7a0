#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Calls that wake other threads, put off until the end of what a thread is doing now.
///
/// A thread that wakes another one for each of many tasks may lose its processor at the first of them. Then the two take turns, and each
/// handles one task where it could handle all of them.
package enum Wakes {
    private final class Deferred {
        var wakes: [() -> Void] = []
    }

    /// The key of the system under which a thread keeps its deferred calls; nil if the system has no more keys.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    /// Calls `step`, and makes the calls that it has put off when it has returned. Within another step, they are made at the end of that.
    package static func deferred(during step: () -> Void) {
        guard let key, pthread_getspecific(key) == nil else { return step() }
        let deferred = Deferred()
        pthread_setspecific(key, Unmanaged.passUnretained(deferred).toOpaque())
        withExtendedLifetime(deferred, step)
        pthread_setspecific(key, nil)
        for wake in deferred.wakes { wake() }
    }

    /// Calls `wake` at the end of the present step of the thread, or at once outside of a step.
    package static func atEndOfStep(_ wake: @escaping () -> Void) {
        guard let key, let pointer = pthread_getspecific(key) else { return wake() }
        Unmanaged<Deferred>.fromOpaque(pointer).takeUnretainedValue().wakes.append(wake)
    }
}
