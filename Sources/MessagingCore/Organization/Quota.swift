import MessagingContract

/// A limit against which the records of some kinds count together.
enum Quota: Hashable, Sendable {
    /// The objects that clients create.
    case objects
    /// The OAuth clients.
    case clients

    /// The name in error messages.
    var name: String {
        switch self {
        case .objects: "objects"
        case .clients: "OAuth clients"
        }
    }

    /// Returns the largest number of records.
    func limit(_ limits: OrganizationLimits) -> Int {
        switch self {
        case .objects: limits.objects
        case .clients: limits.clients
        }
    }
}
