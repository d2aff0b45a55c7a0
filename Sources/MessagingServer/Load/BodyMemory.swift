import MessagingContract

/// The memory for the body that a connection is receiving, taken from the shares of its owner and of all connections.
struct BodyMemory {
    private let accounts: BodyAccounts
    private let limits: Limits
    private var taken: (bytes: Int, owner: BodyOwner)?

    /// Creates the account of a connection without any memory.
    init(_ accounts: BodyAccounts, _ limits: Limits) {
        self.accounts = accounts
        self.limits = limits
    }

    /// Throws a 503 with `Retry-After` if there is no room for more bytes of this owner. It takes no memory.
    func check(_ bytes: Int, of owner: BodyOwner) throws(APIError) {
        try refuse(accounts.shortage(bytes, of: owner, limits))
    }

    /// Takes room for received bytes of a body. The owner must be the same until the memory is released. Throws a 503 with `Retry-After` if
    /// there is no room.
    mutating func take(_ bytes: Int, of owner: BodyOwner) throws(APIError) {
        try refuse(accounts.take(bytes, of: owner, limits))
        taken = ((taken?.bytes ?? 0) + bytes, owner)
    }

    /// Releases all memory.
    mutating func release() {
        if let (bytes, owner) = taken { accounts.release(bytes, of: owner) }
        taken = nil
    }

    private func refuse(_ shortage: BodyAccounts.Shortage?) throws(APIError) {
        switch shortage {
        case .share: throw .tooManyBodiesOfClient
        case .all: throw .tooManyBodies
        case nil: break
        }
    }
}
