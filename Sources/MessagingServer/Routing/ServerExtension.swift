package import MessagingContract
package import MessagingCore

/// Operations and layers that a server has besides the API, such as those of an emulator.
package protocol ServerExtension: Sendable {
    /// The operations. They are described with those of the API.
    var operations: [APIOperation] { get }

    /// Adds the routes of the operations.
    func addRoutes(
        to routes: inout Routes,
        _ organizations: Organizations,
        _ identity: Identity,
        _ integrations: OpenIntegrations
    )
}
