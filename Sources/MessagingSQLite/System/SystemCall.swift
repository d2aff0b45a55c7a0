#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

/// An error number of the operating system, read right after the failed call.
package struct SystemError: Error, CustomStringConvertible {
    /// The number.
    package let code: Int32

    /// Creates the error from `errno`, which the failed call has just set.
    package init() { self.code = errno }

    /// The system's message, such as `Permission denied`.
    package var description: String {
        guard let text = strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}

/// An open file. It is closed when the last reference is released.
package final class FileDescriptor: Sendable {
    let number: Int32

    /// Opens a file. A file that this creates has mode 0600 unless another mode is given.
    package init(opening path: String, _ flags: Int32, mode: mode_t = 0o600) throws(SystemError) {
        let number = open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw SystemError() }
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Returns the system's data about the file.
    package func status() throws(SystemError) -> stat {
        var result = stat()
        guard fstat(number, &result) == 0 else { throw SystemError() }
        return result
    }

    /// Returns at most `count` bytes from `offset` on, and fewer only at the end of the file.
    package func read(at offset: off_t, count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(SystemError) in try read(into: buffer, at: offset) }
        }.get()
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Fills a buffer from `offset` on. Returns the number of bytes read, which is less than the size of the buffer only at the end of the
    /// file.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: off_t) throws(SystemError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let place = buffer.baseAddress?.advanced(by: filled)
            let got = pread(number, place, buffer.count - filled, offset + off_t(filled))
            if got < 0 {
                if errno == EINTR { continue }
                throw SystemError()
            }
            if got == 0 { break }
            filled += got
        }
        return filled
    }

    /// Writes all of these bytes.
    package func write(_ bytes: [UInt8], at offset: off_t) throws(SystemError) {
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
    package func synchronize() throws(SystemError) {
        guard fsync(number) == 0 else { throw SystemError() }
    }
}
