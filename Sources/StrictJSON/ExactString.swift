#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A string as a key. Two keys are equal if their Unicode scalars are the same, without normalization.
package struct ExactString: Hashable, Sendable {
    package let string: String

    package init(_ string: String) { self.string = string }

    package static func == (left: ExactString, right: ExactString) -> Bool {
        left.string.hasSameScalars(as: right.string)
    }

    package func hash(into hasher: inout Hasher) { string.hashScalars(into: &hasher) }
}

extension String {
    /// Returns whether both strings have the same Unicode scalars. `==` also returns true for "é" in one scalar and in two.
    package func hasSameScalars(as other: String) -> Bool {
        withBytes { left in
            other.withBytes { right in
                guard left.count == right.count else { return false }
                guard let one = left.baseAddress, let other = right.baseAddress else { return true }
                return memcmp(one, other, left.count) == 0
            }
        }
    }

    /// Feeds the scalars to a hasher, consistent with ``hasSameScalars(as:)``.
    package func hashScalars(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    /// Passes the UTF-8 bytes to a closure. Native strings are not copied.
    @inline(__always)
    private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var native = self
        return native.withUTF8(body)
    }
}
