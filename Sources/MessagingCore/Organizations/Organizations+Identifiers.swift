import Foundation
import Synchronization

extension Organizations {
    /// An id nobody has yet: a UUID of version 4 (RFC 9562) in small letters. No secret.
    public static func makeID() -> String {
        let (high, low) = RandomWords.shared.two()
        let words = [high & ~0xF000 | 0x4000, low & ~(0b11 << 62) | 0b10 << 62]
        return String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for digit in 0..<32 {
                if [8, 12, 16, 20].contains(digit) {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                let value = UInt8(words[digit / 16] >> UInt64(60 - digit % 16 * 4) & 0xF)
                text[place] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
                place += 1
            }
            return place
        }
    }
}

/// Random words of the system's, fetched many at a time: each visit to the system costs as much as a dozen ids.
private final class RandomWords: Sendable {
    static let shared = RandomWords()

    private let rest = Mutex<[UInt64]>([])

    /// Two words that nobody else gets.
    func two() -> (UInt64, UInt64) {
        rest.withLock { rest in
            if rest.count < 2 { rest = Self.fetch() }
            return (rest.removeLast(), rest.removeLast())
        }
    }

    /// As many as one visit gives.
    private static func fetch() -> [UInt64] {
        #if canImport(Glibc) || canImport(Musl)
            var words = [UInt64](repeating: 0, count: 32)
            if words.withUnsafeMutableBytes({ getentropy($0.baseAddress, $0.count) }) == 0 { return words }
        #endif
        var generator = SystemRandomNumberGenerator()
        return [generator.next(), generator.next()]
    }
}
