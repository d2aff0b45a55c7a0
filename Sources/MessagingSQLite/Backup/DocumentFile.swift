#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A document in a file of its owner's, which is none of the files of an open store.
package enum DocumentFile {
    /// Writes a document to a new file of mode 0600, which is there when it is whole and durable, or not at all. `make` and the writing have
    /// a thread of low priority. `confirm` is called before the file has its name, and when it throws there is none. Throws what `make` and
    /// `confirm` throw, and a ``BackupError`` also when there is something at `path`.
    package static func write(
        to path: String,
        apartFrom store: SQLiteStore,
        confirming confirm: () async throws -> Void = {},
        _ make: @escaping @Sendable () throws -> [UInt8]
    ) async throws -> Int {
        let database = await store.place?.file
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

    /// Throws when a file that is to be read is one of the store's own. Reading it would end the locks that the store has on it.
    package static func check(_ path: String, apartFrom store: SQLiteStore) async throws(BackupError) {
        try await store.place?.file.checkInput(path)
    }

    /// Reads a regular file of at most `limit` bytes, after ``check(_:apartFrom:)``.
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
