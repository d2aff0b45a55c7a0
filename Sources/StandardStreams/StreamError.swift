#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The reason why a stream could not be written, in the words of the system.
package struct StreamError: Error, Equatable, CustomStringConvertible {
    /// The value of `errno`.
    let code: Int32

    /// Whether the reader of a pipe has gone, as with `| head`.
    package var isClosedPipe: Bool { code == EPIPE }

    package var description: String { String(cString: strerror(code)) }
}
