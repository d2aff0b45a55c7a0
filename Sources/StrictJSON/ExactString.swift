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

    @inlinable
    package init(_ string: String) { self.string = string }

    @inlinable
    package static func == (left: ExactString, right: ExactString) -> Bool {
        left.string.hasSameScalars(as: right.string)
    }

    @inlinable
    package func hash(into hasher: inout Hasher) { string.hashScalars(into: &hasher) }
}

extension String {
    /// Returns whether both strings have the same Unicode scalars. `==` also returns true for "é" in one scalar and in two.
    @inlinable
    package func hasSameScalars(as other: String) -> Bool {
        utf8.count == other.utf8.count && hasSameBytes(as: other)
    }

    /// Returns whether the UTF-8 bytes of two strings of the same length are equal.
    @usableFromInline
    package func hasSameBytes(as other: String) -> Bool {
        withBytes { left in
            other.withBytes { right in
                guard let one = left.baseAddress, let other = right.baseAddress else { return true }
                return memcmp(one, other, left.count) == 0
            }
        }
    }

    /// Feeds the scalars to a hasher, consistent with ``hasSameScalars(as:)``.
    @inlinable
    package func hashScalars(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    /// Passes the UTF-8 bytes to a closure. Native strings are not copied.
    @inlinable
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var native = self
        return native.withUTF8(body)
    }
}
