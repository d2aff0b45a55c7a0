import GRDB
import MessagingCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads a database file that no process has open, and changes nothing.
enum DatabaseCheck {
    /// How much is compared.
    enum Depth: String {
        /// Every page in use.
        case quick = "quick_check"
        /// The indexes with their tables too.
        case whole = "integrity_check"
    }

    private static let configuration: Configuration = {
        var configuration = Connection.configuration
        configuration.readonly = true
        return configuration
    }()

    /// Checks the file, of which nothing but the header when `depth` is nil, and hands over what is read of it. Throws the reason why it is
    /// not to be used.
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
