#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A document in a file that belongs to its owner, and is not one of an open store's files.
package enum DocumentFile {
    /// Writes a document to a new file of mode 0600, and returns its size in bytes. The file exists only when it is complete and durable.
    ///
    /// `store` is nil if the database is not in a file. `make` and the writing run on a thread of low priority. `confirm` is called before the
    /// file gets its name. If it throws, there is no file. Throws the errors of `make` and `confirm`, and a ``BackupError`` if the file cannot
    /// be written or `path` already exists.
    package static func write(
        to path: String,
        apartFrom store: SQLiteStore?,
        confirming confirm: () async throws -> Void = {},
        _ make: @escaping @Sendable () throws -> [UInt8]
    ) async throws -> Int {
        let database = await store?.lockedFile?.file
        let file = try await LowPriority.run { () -> Result<BackupFile, any Error> in
            Result { try BackupFile(path, apartFrom: database) }
        }.get()
        do {
            try await LowPriority.run { Result { try file.write(try make()) } }.get()
            try await confirm()
            return try await LowPriority.run { Result { try file.publish() } }.get()
        } catch {
            file.discard()
            throw (error as? SystemError).map { BackupError("cannot write \(path): \($0)") } ?? error
        }
    }

    /// Throws if an input file is one of the store's own files. Reading it would end the store's locks on it. `store` is nil if the database
    /// is not in a file.
    package static func check(_ path: String, apartFrom store: SQLiteStore?) async throws(BackupError) {
        try await store?.lockedFile?.file.checkInput(path)
    }

    /// Returns the content of a regular file of at most `limit` bytes. Call ``check(_:apartFrom:)`` before.
    package static func read(_ path: String, limit: Int) throws(BackupError) -> [UInt8] {
        do {
            let file = try FileRule.given.open(path, O_RDONLY)
            let size = try file.status().st_size
            guard size <= limit else { throw BackupError("\(path) has more than \(limit) bytes") }
            return try file.read(at: 0, count: Int(size))
        } catch let error as BackupError {
            throw error
        } catch {
            throw BackupError("cannot read \(path): \(error)")
        }
    }
}
