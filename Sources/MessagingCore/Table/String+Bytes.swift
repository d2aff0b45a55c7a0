import MessagingContract

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Comparison by UTF-8 bytes. Swift's own operators compare by canonical equivalence.
extension String {
    /// Returns a negative number, zero or a positive number if this string's UTF-8 bytes come before, equal, or come after those of the
    /// other.
    func compareBytes(to other: String) -> Int {
        withBytes { left in
            other.withBytes { right in
                guard let one = left.baseAddress, let other = right.baseAddress else { return left.count - right.count }
                let order = Int(memcmp(one, other, Swift.min(left.count, right.count)))
                return order == 0 ? left.count - right.count : order
            }
        }
    }

    /// Returns the number of UTF-8 bytes at the beginning that both strings have in common.
    func sharedBytes(with other: String) -> Int {
        withBytes { left in
            other.withBytes { right in
                zip(left, right).lazy.prefix { $0 == $1 }.reduce(0) { count, _ in count + 1 }
            }
        }
    }

    /// Returns eight UTF-8 bytes as a number that orders as they do, with zeros after the end of the string.
    func eightBytes(from offset: Int) -> UInt64 {
        withBytes { bytes in
            (0..<8).reduce(0) { number, index in
                let byte = offset + index < bytes.count ? bytes[offset + index] : 0
                return number << 8 | UInt64(byte)
            }
        }
    }
}
