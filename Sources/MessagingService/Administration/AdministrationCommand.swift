public import MessagingContract
import MessagingCore

/// A command of the administration: its operation at a running server, and its implementation.
public struct AdministrationCommand<
    Parameters: OperationParameters,
    Body: OperationBody,
    Response: WireObject & ReadableResponse
>: Sendable {
    /// The operation at the server's socket.
    let endpoint: Endpoint<Parameters, Body, Response>
    /// Whether the command creates a missing database.
    var makesDatabase = false
    /// Runs on the file of a database that no server has open; nil for a command that opens a store first, on any engine. Returns nil if this
    /// request needs an open store.
    var onFile: (@Sendable (_ path: String, Body, _ progress: (Int, Int) -> Void) async throws -> Response?)?
    /// Runs on an open store.
    let run: @Sendable (Administration, Parameters, Body, inout CommandRun) async throws(APIError) -> Response

    /// The name of the command in the log and in the history.
    var name: String { endpoint.operation.id }
}
