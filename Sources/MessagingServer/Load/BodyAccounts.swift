import Synchronization

/// The bytes of bodies that are being received or handled in all connections, by owner.
final class BodyAccounts: Sendable {
    /// The reason why there is no room: all memory is taken, or the owner's share.
    enum Shortage { case all, share }

    /// A holder of a share.
    fileprivate enum Holder: Hashable {
        case client(String), organization(String), address(UInt128)
    }

    fileprivate struct State {
        /// The number of bytes in the bodies of clients. `forms` is the number for forms.
        var bytes = 0
        var forms = 0
        var shares: [Holder: Int] = [:]
        var refused = 0
    }

    private let state = Mutex(State())

    /// The number of bytes in all bodies.
    var bytes: Int { state.withLock { $0.bytes + $0.forms } }

    /// The number of bodies that were refused since the start because there was no room for them.
    var refused: Int { state.withLock { $0.refused } }

    /// Returns the reason why there is no room for more bytes, and counts the refusal. Returns nil if there is room.
    func shortage(_ bytes: Int, of owner: BodyOwner, _ limits: Limits) -> Shortage? {
        state.withLock { $0.shortage(bytes, of: owner, limits) }
    }

    /// Takes room for received bytes. If there is none, returns the reason and counts the refusal. Returns nil otherwise.
    func take(_ bytes: Int, of owner: BodyOwner, _ limits: Limits) -> Shortage? {
        state.withLock { state in
            if let shortage = state.shortage(bytes, of: owner, limits) { return shortage }
            state.add(bytes, of: owner)
            return nil
        }
    }

    /// Releases bytes that were taken.
    func release(_ bytes: Int, of owner: BodyOwner) { state.withLock { $0.add(-bytes, of: owner) } }
}

extension BodyAccounts.State {
    fileprivate mutating func shortage(
        _ bytes: Int,
        of owner: BodyOwner,
        _ limits: Limits
    ) -> BodyAccounts.Shortage? {
        let shortage: BodyAccounts.Shortage?
        switch owner {
        case .client(let client, let organization):
            let hasShare =
                bytes <= limits.clientBodyBytes - (shares[.client(client)] ?? 0)
                && bytes <= limits.organizationBodyBytes - (shares[.organization(organization)] ?? 0)
            shortage = !hasShare ? .share : bytes > limits.bodyBytes - self.bytes ? .all : nil
        case .address(let address):
            let hasShare = bytes <= limits.formBytes / 8 - (shares[.address(address)] ?? 0)
            shortage = !hasShare ? .share : bytes > limits.formBytes - forms ? .all : nil
        }
        if shortage != nil { refused += 1 }
        return shortage
    }

    fileprivate mutating func add(_ bytes: Int, of owner: BodyOwner) {
        switch owner {
        case .client(let client, let organization):
            self.bytes += bytes
            share(.client(client), bytes)
            share(.organization(organization), bytes)
        case .address(let address):
            forms += bytes
            share(.address(address), bytes)
        }
    }

    private mutating func share(_ holder: BodyAccounts.Holder, _ bytes: Int) {
        let held = (shares[holder] ?? 0) + bytes
        shares[holder] = held > 0 ? held : nil
    }
}
