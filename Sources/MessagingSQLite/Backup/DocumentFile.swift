#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A document in a file of its owner's.
package enum DocumentFile {
    /// Writes a document to a new file of mode 0600, which is there when it is whole and durable, or not at all. `make` and the writing have
    /// a thread of low priority. Throws what `make` throws, and a ``BackupError`` also when there is something at `path`.
    package static func write(
        to path: String,
        _ make: @escaping @Sendable () throws -> [UInt8]
    ) async throws -> Int {
        try await LowPriority.run { () -> Result<Int, any Error> in
            Result {
                let file = try BackupFile(path)
                do {
                    try file.write(try make())
                    return try file.publish()
                } catch {
                    file.discard()
                    throw (error as? SystemError).map { BackupError("cannot write \(path): \($0)") } ?? error
                }
            }
        }.get()
    }

    /// Reads a regular file of at most `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(BackupError) -> [UInt8] {
        do {
            let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
            let status = try file.status()
            guard status.st_mode & S_IFMT == S_IFREG else { throw BackupError("\(path) is not a regular file") }
            guard status.st_size <= limit else { throw BackupError("\(path) has more than \(limit) bytes") }
            return try file.read(at: 0, count: Int(status.st_size))
        } catch let error as BackupError {
            throw error
        } catch {
            throw BackupError("cannot read \(path): \(error)")
        }
    }
}
