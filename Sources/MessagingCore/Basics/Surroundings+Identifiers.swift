import Foundation
import MessagingContract

/// Unused ids. They are not secret.
extension Surroundings {
    /// Returns a UUID of version 4 (RFC 9562) in lower case.
    public func makeID(for organization: String? = nil) -> String {
        let (high, low) = words(organization)
        return Self.uuid(version: 4, high, low)
    }

    /// Returns a UUID of version 7 (RFC 9562) in lower case. It sorts after those of earlier milliseconds, so objects that are created one
    /// after the other are stored side by side.
    public func makeOrderedID(for organization: String? = nil) -> String {
        let (high, low) = words(organization)
        let milliseconds = UInt64(clamping: now(organization).millisecondsSince1970)
        return Self.uuid(version: 7, milliseconds << 16 | high & 0xFFFF, low)
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
