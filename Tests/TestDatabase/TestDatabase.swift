import CLibPQ
import Foundation
public import MessagingPostgres

/// A schema of its own in the PostgreSQL that `Scripts/with-postgres.sh` has started.
public struct TestDatabase: Sendable {
    /// The reason why there is no schema.
    public struct Failure: Error, CustomStringConvertible {
        /// The reason in one line.
        public let description: String

        /// Creates a reason.
        public init(description: String) { self.description = description }
    }

    /// The name of the schema, which all connections to it have.
    public let name: String
    /// The address of the schema.
    public let address: DatabaseAddress
    private let cluster: String
    private let text: String

    /// Creates an empty schema. `options` are settings of its connections, such as `-clock_timeout=1s`. Throws if there is no PostgreSQL.
    public init(_ options: String = "") throws {
        guard let cluster = ProcessInfo.processInfo.environment["TEST_POSTGRES"] else {
            throw Failure(description: "This test needs a PostgreSQL: run it with Scripts/swift-test.sh")
        }
        let name = "s" + UUID().uuidString.lowercased().filter { $0 != "-" }
        text = "\(cluster) application_name=\(name) options='-csearch_path=\(name) \(options)'"
        address = try DatabaseAddress(text)
        (self.name, self.cluster) = (name, cluster)
        try run("CREATE SCHEMA \(name)")
    }

    /// Returns the address of the schema for another user.
    public func address(for user: String) throws -> DatabaseAddress { try DatabaseAddress("\(text) user=\(user)") }

    /// Drops the schema with all that is in it.
    public func drop() throws { try run("DROP SCHEMA \(name) CASCADE") }

    /// Runs a script in the cluster.
    public func run(_ script: String) throws {
        let connection = PQconnectdb(cluster)
        defer { PQfinish(connection) }
        let result = PQexec(connection, script)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK else {
            throw Failure(description: String(cString: PQerrorMessage(connection)))
        }
    }
}
