import GRDB
import MessagingCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A check of a database file that no process has open. It changes nothing.
enum DatabaseCheck {
    /// The extent of a check.
    enum Depth: String {
        /// All pages in use.
        case quick = "quick_check"
        /// The pages in use, and the indexes compared with their tables.
        case whole = "integrity_check"
    }

    private static let configuration: Configuration = {
        var configuration = DatabaseConnection.configuration
        configuration.readonly = true
        return configuration
    }()

    /// Checks the file, or only its header if `depth` is nil, and returns the result of `body` for it. Throws the reason if the file must
    /// not be used.
    static func run<T>(_ path: String, _ depth: Depth?, reading body: (Database) throws -> T) throws(OpenError.Reason)
        -> T
    {
        do {
            let header = try FileDescriptor(opening: path, O_RDONLY).read(at: 0, count: DatabaseHeader.length)
            if let objection = DatabaseHeader.objection(to: header) { throw objection }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.inDatabase { db in
                if let depth {
                    let finding = try String.fetchOne(db, sql: "PRAGMA \(depth.rawValue)(1)")
                    guard finding == "ok" else {
                        throw OpenError.Reason.corrupt(cause: finding ?? "it cannot be checked")
                    }
                }
                return try body(db)
            }
        } catch let reason as OpenError.Reason {
            throw reason
        } catch let error as DatabaseError {
            throw error.objection
        } catch {
            throw .failed(cause: "\(error)")
        }
    }
}
