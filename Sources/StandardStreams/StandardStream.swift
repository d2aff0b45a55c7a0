#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A standard stream of the process.
package enum StandardStream: Int32, CaseIterable, Sendable {
    case input = 0
    case output = 1
    case error = 2

    /// Makes all streams safe to use. A closed stream is opened on /dev/null, so that no other file gets its number. Reading a closed input stays
    /// an error, and with `needsOutput` writing to a closed output. Writing to a pipe without a reader becomes an error and does not end the
    /// process.
    package static func prepareAll(needsOutput: Bool = false) {
        for stream in allCases where fcntl(stream.rawValue, F_GETFD) == -1 {
            let isOutput = needsOutput && stream == .output
            _ = open("/dev/null", stream == .input ? O_WRONLY : isOutput ? O_RDONLY : O_RDWR)
        }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Whether a terminal is at the other end.
    package var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Writes all bytes. Throws after some of them if the others cannot be written.
    package func write(_ bytes: [UInt8]) throws(StreamError) { try Self.write(bytes, to: rawValue) }

    /// Writes a whole text. Throws after some of it if the rest cannot be written.
    package func write(_ text: String) throws(StreamError) { try write(Array(text.utf8)) }

    static func write(_ bytes: [UInt8], to file: Int32) throws(StreamError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { writeOnce(file, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw StreamError(code: errno)
            }
        }
    }
}

/// Calls the system's `write`, whose name a method of the type hides.
private func writeOnce(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
