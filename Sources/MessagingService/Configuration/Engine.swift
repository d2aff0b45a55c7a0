import Foundation
package import MessagingPostgres
import MessagingSQLite

/// The storage engine of a server or a command. It knows everything that depends on where the database is and of which kind it is.
///
/// A new engine is a new case here and another store in ``OpenStore``. Their users do not distinguish engines.
package enum Engine: Hashable, Sendable, CustomStringConvertible {
    /// SQLite in a file at this path. One process at a time has it open.
    case file(String)
    /// SQLite in memory. Each opening makes a new, empty database, which ends with its store.
    case memory
    /// A PostgreSQL database. Many servers and commands may have it open.
    case postgres(DatabaseAddress)

    /// Creates the engine of a path or of an address of PostgreSQL. Returns nil for an address that is not valid.
    init?(_ text: String) {
        if !DatabaseAddress.isMeant(by: text) {
            self = .file(text)
        } else if let address = try? DatabaseAddress(text) {
            self = .postgres(address)
        } else {
            return nil
        }
    }

    /// The name of the database in messages.
    package var description: String {
        switch self {
        case .file(let path): path
        case .memory: "a database in memory"
        case .postgres(let address): address.description
        }
    }

    /// Throws a line for the terminal if the name of the database is empty.
    func checkName() throws(StartError) {
        switch self {
        case .file(let path): if path.isEmpty { throw StartError("the path of the database is empty") }
        case .memory, .postgres: break
        }
    }

    /// Whether opening the engine makes no database that remains. Of a database on a server, only its tables are made.
    var isThere: Bool {
        switch self {
        case .file(let path): SQLiteStore.isDatabase(at: path)
        case .memory, .postgres: true
        }
    }

    /// Whether several processes may have the database open. Then commands need no socket of a server.
    var isShared: Bool {
        switch self {
        case .file, .memory: false
        case .postgres: true
        }
    }

    /// The path of the administration socket if no other is given; nil if the engine has no place for one.
    var socket: String? { beside(".socket") }

    /// The path of the file with the encryption key if none is given; nil if the engine has no place for one.
    var keyFile: String? { beside(".key") }

    /// An identifier of the database, which is the same for every name of it on this machine, also in a container; nil if there is no
    /// database, or if no other process can have it open.
    var databaseID: String? {
        switch self {
        case .file(let path):
            var found = stat()
            return stat(path, &found) == 0 ? "\(found.st_dev)-\(found.st_ino)" : nil
        case .memory, .postgres: return nil
        }
    }

    /// Returns the path of the database for a command that works on a file. Throws the ``refusal(of:)`` if the engine has no file.
    func file(for command: String) throws(StartError) -> String {
        switch self {
        case .file(let path): return path
        case .memory, .postgres: throw refusal(of: command)
        }
    }

    /// Returns the line for the terminal that refuses a command because it works on a file.
    func refusal(of command: String) -> StartError {
        let other = isShared ? "; PostgreSQL has tools of its own for that, such as pg_dump" : ""
        return StartError("the command \(command) works on a database in a file only, and not on \(self)\(other)")
    }

    /// Returns the path of a file that belongs to the database. It is beside the database file itself, even if a link names the database.
    func beside(_ suffix: String) -> String? {
        switch self {
        case .file(let path): (SQLiteStore.resolvedPath(path) ?? path) + suffix
        case .memory, .postgres: nil
        }
    }
}
