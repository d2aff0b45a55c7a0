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
    /// Only creating an organization makes a database where there is none. A database that is in use by a process that does not
    /// listen, a server that starts or stops or another command, is waited for up to two seconds.
    public func run(_ request: AdministrationRequest) async throws(StartError) -> JSON {
        guard FileManager.default.fileExists(atPath: database) || request.command == .createOrganization else {
            throw StartError("there is no database at \(database)")
        }
        let socket = try AdministrationSocket.path(database: database)
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(2))
        while true {
            do {
                return try await run(request, on: SQLiteStore.open(path: database, logger: Self.silent))
            } catch let error as OpenError {
                guard case .inUse = error.reason else { throw StartError("\(error)") }
                if let answer = try await AdministrationSocket.ask(socket, request) { return answer }
                guard clock.now < end else { throw StartError("\(error)") }
                try? await clock.sleep(for: .milliseconds(20))
            } catch {
                throw error as? StartError ?? StartError("\(error)")
            }
        }
    }

    private func run(_ request: AdministrationRequest, on store: SQLiteStore) async throws(StartError) -> JSON {
        do {
            let answer = try await Administration(organizations: Organizations(store: store)).run(request)
            await store.close()
            return answer.result
        } catch {
            await store.close()
            throw StartError(error.cause ?? error.message)
        }
    }

    private static let silent = Logger(label: "messaging.sqlite") { _ in SwiftLogNoOpLogHandler() }
}
