import MessagingContract
import Synchronization

/// The sizes in bytes of the organizations that were written to recently, as they are in the store.
struct KnownSizes: Sendable {
    private var sizes = RecentlyUsed<String, OrganizationSize>(capacity: 65_536)
    /// The number of times that a size was forgotten. A size that the store returned before the last time may be out of date.
    private(set) var forgotten = 0

    /// Returns the size of an organization; nil if it is not known.
    mutating func size(of organization: String) -> OrganizationSize? { sizes.value(for: organization) }

    /// Keeps a size that the store returned, unless a size was forgotten since the call of the store began.
    mutating func keep(_ size: OrganizationSize, of organization: String, since forgotten: Int) {
        if forgotten == self.forgotten { sizes.insert(size, for: organization) }
    }

    /// Adds the changes of a commit to the size of its organization, if that is known.
    mutating func apply(_ changes: [Change], of organization: String) {
        guard var size = sizes.value(for: organization) else { return }
        size.apply(changes)
        sizes.insert(size, for: organization)
    }

    /// Forgets the size of an organization, since it changed by an unknown amount.
    mutating func forget(_ organization: String) {
        sizes.removeValue(for: organization)
        forgotten += 1
    }
}

extension Organizations {
    /// Returns the size of an organization in the store. Calls the store only if the size is not known.
    func size(of id: String) async throws(StoreError) -> OrganizationSize {
        let (known, forgotten) = sizes.withLock { ($0.size(of: id), $0.forgotten) }
        if let known { return known }
        guard let size = try await store.size(of: id) else { return OrganizationSize() }
        sizes.withLock { $0.keep(size, of: id, since: forgotten) }
        return size
    }

    /// Forgets the size of an organization.
    func forgetSize(of id: String) { sizes.withLock { $0.forget(id) } }
}
