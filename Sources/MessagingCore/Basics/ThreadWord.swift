#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A word that every thread has for itself.
struct ThreadWord: Sendable {
    /// The key of the system for the word; nil if the system has no more keys.
    private let key: pthread_key_t?

    /// Creates a word, which is nil in every thread.
    init() {
        var key = pthread_key_t()
        self.key = pthread_key_create(&key, nil) == 0 ? key : nil
    }

    /// Whether threads can keep the word. If they cannot, it is always nil.
    var isKept: Bool { key != nil }

    /// The word of this thread.
    var value: UnsafeMutableRawPointer? {
        get { key.flatMap { pthread_getspecific($0) } }
        nonmutating set {
            if let key { pthread_setspecific(key, newValue) }
        }
    }
}
