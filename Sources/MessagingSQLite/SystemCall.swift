#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An error number of the operating system, right after the call that failed.
struct SystemError: Error, CustomStringConvertible {
    let code: Int32

    init() { self.code = errno }

    /// The system's own words, `Permission denied`.
    var description: String {
        guard let text = strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}

/// An open file, closed when the last reference goes.
final class FileDescriptor: Sendable {
    let number: Int32

    init(opening path: String, _ flags: Int32, mode: mode_t = 0o600) throws(SystemError) {
        let number = open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw SystemError() }
        self.number = number
    }

    deinit {
        close(number)
    }

    func status() throws(SystemError) -> stat {
        var result = stat()
        guard fstat(number, &result) == 0 else { throw SystemError() }
        return result
    }

    /// At most `count` bytes from `offset` on; fewer only at the end of the file.
    func read(at offset: off_t, count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(number, $0.baseAddress?.advanced(by: filled), count - filled, offset + off_t(filled))
            }
            if got < 0 {
                if errno == EINTR { continue }
                throw SystemError()
            }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    func write(_ bytes: [UInt8], at offset: off_t) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes {
                pwrite(number, $0.baseAddress?.advanced(by: done), bytes.count - done, offset + off_t(done))
            }
            if put < 0 {
                if errno == EINTR { continue }
                throw SystemError()
            }
            done += put
        }
    }

    /// Makes the content, or a directory's entries, durable.
    func synchronize() throws(SystemError) {
        guard fsync(number) == 0 else { throw SystemError() }
    }
}
