public import Foundation
public import MessagingCore

/// The options of a server's parts, see ``ServerParts``.
public struct ServerOptions: Sendable {
    /// The limits of an organization.
    public var limits = OrganizationLimits()
    /// The bytes of memory that snapshots may take.
    public var snapshotMemory = 256 << 20
    /// The time by which old things may be dropped until the first sweep; with nil no history is dropped to make room.
    public var sweepTime: Date?
    /// The time for which a GET may be answered without asking a store that other servers use, too, whether they have changed it.
    public var staleness = Duration.zero
    /// The seconds for which an access token is valid.
    public var tokenLifetime = 86_400
    /// The tokens that have not expired which a client may have.
    public var tokensPerClient = 1_000
    /// The seconds from the creation of an integration to its completion.
    public var integrationDelay = 0.0
    /// The options of the responder.
    public var responder = ResponderOptions()

    /// Creates the default options.
    public init() {}
}
