#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is created whole or not at all: it is written under another name and durable before it gets its own.
package enum WholeFile {
    /// Creates a file of mode 0600, and replaces a file that exists at the path. A crash at any moment leaves the old state or the whole file.
    ///
    /// - Parameters:
    ///   - directory: The directory of the file.
    ///   - companions: The suffixes of further files that `write` may leave beside the draft.
    ///   - write: Writes the draft. At its path there is an empty file.
    package static func make(
        _ path: String,
        in directory: String,
        companions: [String] = [],
        _ write: (_ draft: String) throws -> Void
    ) throws {
        let draft = path + ".new"
        let discard = { for suffix in [""] + companions { unlink(draft + suffix) } }
        discard()
        do {
            _ = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL)
            try write(draft)
            try FileDescriptor(opening: draft, O_RDWR).synchronize()
            guard rename(draft, path) == 0 else { throw SystemError() }
        } catch {
            discard()
            throw error
        }
        try FileDescriptor(opening: directory, O_RDONLY).synchronize()
    }
}
