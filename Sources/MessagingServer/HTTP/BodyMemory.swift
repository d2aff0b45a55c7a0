import MessagingContract

/// The memory of the body that one connection is receiving, taken from what its owner and all connections may have.
struct BodyMemory {
    private let accounts: BodyAccounts
    private let limits: Limits
    private var taken: (bytes: Int, owner: BodyOwner)?

    /// Creates the account of a connection that has taken nothing.
    init(_ accounts: BodyAccounts, _ limits: Limits) {
        self.accounts = accounts
        self.limits = limits
    }

    /// Throws 503 with `Retry-After` when there is no room for so many bytes more of this owner, and takes none.
    func check(_ bytes: Int, of owner: BodyOwner) throws(APIError) {
        try refuse(accounts.refusal(bytes, of: owner, limits))
    }

    /// Takes room for bytes that came of a body, whose owner stays the same until it is released. Throws 503 with `Retry-After` when there
    /// is none.
    mutating func take(_ bytes: Int, of owner: BodyOwner) throws(APIError) {
        try refuse(accounts.take(bytes, of: owner, limits))
        taken = ((taken?.bytes ?? 0) + bytes, owner)
    }

    /// Gives back all that was taken.
    mutating func release() {
        if let (bytes, owner) = taken { accounts.release(bytes, of: owner) }
        taken = nil
    }

    private func refuse(_ refusal: BodyAccounts.Refusal?) throws(APIError) {
        switch refusal {
        case .share: throw .tooManyBodiesOfClient
        case .all: throw .tooManyBodies
        case nil: break
        }
    }
}
