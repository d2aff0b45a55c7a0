import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Random words of the system's, fetched many at a time: each visit to the system costs as much as a dozen ids.
final class RandomWords: Sendable {
    static let shared = RandomWords()

    private let rest = Mutex<[UInt64]>([])

    /// Two words that nobody else gets.
    func two() -> (UInt64, UInt64) {
        rest.withLock { rest in
            if rest.count < 2 { rest = Self.fetch(32) }
            return (rest.removeLast(), rest.removeLast())
        }
    }

    /// Fetches words that nobody else gets in one visit to the system, which gives 32 at most.
    static func fetch(_ count: Int) -> [UInt64] {
        #if canImport(Glibc) || canImport(Musl)
            var words = [UInt64](repeating: 0, count: count)
            if words.withUnsafeMutableBytes({ getentropy($0.baseAddress, $0.count) }) == 0 { return words }
        #endif
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in generator.next() }
    }
}
