public import MessagingContract

/// Tries profiles on logs of attachments, without sending anything. A server of this project has it, Genesys Cloud does not.
///
/// ```swift
/// let log = AttachmentLog(Array(try Data(contentsOf: file)), format: .csv)
/// let simulation = try await client.simulations.run(profile.id, on: log, proposing: mediaTypes)
/// print("\(simulation.newlyBlockedRows ?? 0) attachments would not pass any more")
/// ```
public struct SimulationsClient: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Tries a profile on a log, and compares it with a profile that has other media types.
    ///
    /// The log is sent from memory, at most 256 MiB. Sending it may take longer than the client's time for a call, which `options` can
    /// lengthen.
    ///
    /// Wraps `POST /platform/v1/supportedcontent/{supportedContentId}/simulations` (`messaging:supportedContent:view`).
    ///
    /// - Parameters:
    ///   - profileID: The id of the profile.
    ///   - log: The attachments.
    ///   - mediaTypes: The `mediaTypes` of a proposed profile, at most about 8 KiB of JSON; nil when nothing is proposed.
    ///   - options: Options for this call only.
    /// - Returns: The rows that pass, those that do not, and those whose outcome the proposed profile would change.
    /// - Throws: ``MessagingError``, with status 404 when there is no such profile, with 400 when the header row of CSV does not name the
    ///   columns of a log or a media type is not valid, with 413 or 414 when the log or the proposal is too large.
    public func run(
        _ profileID: String,
        on log: AttachmentLog,
        proposing mediaTypes: MediaTypes? = nil,
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Simulation {
        try await connection.call(
            SimulationEndpoints.run,
            SimulationParameters(profileID, proposing: mediaTypes),
            log,
            options
        ).value
    }
}
