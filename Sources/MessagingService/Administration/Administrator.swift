import Foundation
import Logging
public import MessagingContract
import MessagingCore
import MessagingSQLite

/// Runs administration commands on a database from outside of its server: through the server's socket while one runs, on the
/// file itself while none does.
public struct Administrator: Sendable {
    private let database: String

    /// For the database at this path.
    public init(database: String) { self.database = database }

    /// The answer to a command. Throws one line for the terminal.
    ///
    /// Only creating an organization makes a database where there is none.
    public func run(_ request: AdministrationRequest) async throws(StartError) -> JSON {
        guard FileManager.default.fileExists(atPath: database) || request.command == .createOrganization else {
            throw StartError("there is no database at \(database)")
        }
        let store: SQLiteStore
        do {
            store = try SQLiteStore.open(
                path: database,
                logger: Logger(label: "messaging.sqlite") { _ in SwiftLogNoOpLogHandler() }
            )
        } catch {
            guard case .inUse = error.reason else { throw StartError("\(error)") }
            return try await AdministrationSocket.ask(AdministrationSocket.path(database: database), request)
        }
        do {
            let answer = try await Administration(organizations: Organizations(store: store)).run(request)
            await store.close()
            return answer
        } catch {
            await store.close()
            throw StartError(error.message)
        }
    }
}
