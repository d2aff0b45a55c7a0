public import MessagingContract

/// Simulations of profiles on logs of attachments, without sending any: `client.simulations`. Only servers of this project have them.
///
/// ```swift
/// let log = AttachmentLog(Array(try Data(contentsOf: file)), format: .csv)
/// let simulation = try await client.simulations.run(profile.id, on: log, proposing: mediaTypes)
/// print("\(simulation.newlyBlockedRows ?? 0) attachments would not pass any more")
/// ```
public struct SimulationsClient: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Runs a log through a profile, and through a proposed profile with other media types.
    ///
    /// The log is sent from memory, at most 256 MiB. Sending it may take longer than the client's time for a call, which
    /// ``CallOptions/timeout`` can extend.
    ///
    /// Wraps `POST /platform/v1/supportedcontent/{supportedContentId}/simulations` (`messaging:supportedContent:view`).
    ///
    /// - Parameters:
    ///   - profileID: The id of the profile.
    ///   - log: The attachments.
    ///   - mediaTypes: The `mediaTypes` of a proposed profile, at most about 8 KiB of JSON; nil if nothing is proposed.
    ///   - options: Options for this call only.
    /// - Returns: The rows that pass, those that do not, and those whose outcome the proposed profile would change.
    /// - Throws: ``MessagingError``, with status 404 if there is no such profile, with 400 if the header row of CSV does not name the
    ///   columns of a log or a media type is not valid, with 413 or 414 if the log or the proposal is too large.
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
