import MessagingContract

/// A limit that the records of some kinds count against together.
enum Quota: Hashable, Sendable {
    /// What clients create.
    case objects
    /// OAuth clients.
    case clients

    /// The name in errors.
    var name: String {
        switch self {
        case .objects: "objects"
        case .clients: "OAuth clients"
        }
    }

    /// How many records there may be.
    func limit(_ limits: OrganizationLimits) -> Int {
        switch self {
        case .objects: limits.objects
        case .clients: limits.clients
        }
    }
}
