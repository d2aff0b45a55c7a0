#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A source of random words. It fetches many at a time from the system, since each system call costs as much as a dozen ids.
final class RandomWords: Sendable {
    static let shared = RandomWords()

    private let rest = Striped<[UInt64]>([])

    /// Returns two words that no other caller gets.
    func two() -> (UInt64, UInt64) {
        rest.withLock { rest in
            if rest.count < 2 { rest = Self.fetch(32) }
            return (rest.removeLast(), rest.removeLast())
        }
    }

    /// Fetches words in one system call, which returns at most 32. No other caller gets them.
    static func fetch(_ count: Int) -> [UInt64] {
        #if canImport(Glibc) || canImport(Musl)
            var words = [UInt64](repeating: 0, count: count)
            if words.withUnsafeMutableBytes({ getentropy($0.baseAddress, $0.count) }) == 0 { return words }
        #endif
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in generator.next() }
    }
}
