#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Strings as their UTF-8 bytes, where Swift's own operators compare by canonical equivalence.
extension String {
    /// Whether both have the same UTF-8 bytes.
    func hasSameBytes(as other: String) -> Bool {
        withBytes { left in
            other.withBytes { right in left.count == right.count && Self.compare(left, right) == 0 }
        }
    }

    /// Negative, zero or positive when this string's UTF-8 bytes come before, are, or come after those of the other.
    func compareBytes(to other: String) -> Int {
        withBytes { left in
            other.withBytes { right in
                let order = Self.compare(left, right)
                return order == 0 ? left.count - right.count : order
            }
        }
    }

    /// Compares as many bytes as both have.
    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        guard let one = left.baseAddress, let other = right.baseAddress else { return 0 }
        return Int(memcmp(one, other, Swift.min(left.count, right.count)))
    }

    /// Feeds the UTF-8 bytes to a hasher.
    func hashBytes(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// How many UTF-8 bytes both strings begin with alike.
    func sharedBytes(with other: String) -> Int {
        withBytes { left in
            other.withBytes { right in
                zip(left, right).lazy.prefix { $0 == $1 }.reduce(0) { count, _ in count + 1 }
            }
        }
    }

    /// Eight UTF-8 bytes as a number that orders as they do, with zeros where the string has ended.
    func eightBytes(from offset: Int) -> UInt64 {
        withBytes { bytes in
            (0..<8).reduce(0) { number, index in
                let byte = offset + index < bytes.count ? bytes[offset + index] : 0
                return number << 8 | UInt64(byte)
            }
        }
    }

    /// Lends the UTF-8 bytes; native strings are not copied.
    @inline(__always)
    private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var native = self
        return native.withUTF8(body)
    }
}
