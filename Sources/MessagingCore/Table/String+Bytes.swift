#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Comparison by UTF-8 bytes. Swift's own operators compare by canonical equivalence.
extension String {
    /// Returns whether both have the same UTF-8 bytes.
    func hasSameBytes(as other: String) -> Bool {
        withBytes { left in
            other.withBytes { right in left.count == right.count && Self.compare(left, right) == 0 }
        }
    }

    /// Returns a negative number, zero or a positive number if this string's UTF-8 bytes come before, equal, or come after those of the
    /// other.
    func compareBytes(to other: String) -> Int {
        withBytes { left in
            other.withBytes { right in
                let order = Self.compare(left, right)
                return order == 0 ? left.count - right.count : order
            }
        }
    }

    /// Compares the two up to the length of the shorter one.
    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        guard let one = left.baseAddress, let other = right.baseAddress else { return 0 }
        return Int(memcmp(one, other, Swift.min(left.count, right.count)))
    }

    /// Feeds the UTF-8 bytes to a hasher.
    func hashBytes(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
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

    /// Calls `body` with the UTF-8 bytes. Native strings are not copied.
    @inline(__always)
    private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var native = self
        return native.withUTF8(body)
    }
}
