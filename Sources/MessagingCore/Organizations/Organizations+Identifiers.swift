import Foundation
import MessagingContract
import Synchronization

extension Organizations {
    /// An id nobody has yet: a UUID of version 4 (RFC 9562) in small letters. No secret.
    public static func makeID() -> String {
        let (high, low) = RandomWords.shared.two()
        return uuid(version: 4, high, low)
    }

    /// An id nobody has yet: a UUID of version 7 (RFC 9562) in small letters, which comes after those of earlier milliseconds. So
    /// what is created one after the other is stored side by side. No secret.
    public static func makeOrderedID() -> String {
        let (high, low) = RandomWords.shared.two()
        let milliseconds = UInt64(clamping: Date().millisecondsSince1970)
        return uuid(version: 7, milliseconds << 16 | high & 0xFFFF, low)
    }

    private static func uuid(version: UInt64, _ high: UInt64, _ low: UInt64) -> String {
        let words = [high & ~0xF000 | version << 12, low & ~(0b11 << 62) | 0b10 << 62]
        return String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                text[place] = UInt8(words[digit / 16] >> UInt64(60 - digit % 16 * 4) & 0xF).hexDigit
                place += 1
            }
            return place
        }
    }
}

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
