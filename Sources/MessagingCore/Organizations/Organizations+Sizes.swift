import MessagingContract
import Synchronization

/// The bytes that organizations take in the store, as far as they are known.
struct KnownSizes: Sendable {
    private var sizes: [String: OrganizationSize] = [:]
    /// How often a size was forgotten. A size that the store returned before the last time may be out of date.
    private(set) var forgotten = 0

    /// The bytes of an organization; nil when they are not known.
    subscript(organization: String) -> OrganizationSize? { sizes[organization] }

    /// Keeps what the store returned, unless a size was forgotten since the store was asked.
    mutating func keep(_ size: OrganizationSize, of organization: String, since forgotten: Int) {
        if forgotten == self.forgotten { sizes[organization] = size }
    }

    /// Adds what a commit changed.
    mutating func apply(_ changes: [Change], of organization: String) { sizes[organization]?.apply(changes) }

    /// Forgets the bytes of an organization, since they changed by an unknown amount.
    mutating func forget(_ organization: String) {
        sizes[organization] = nil
        forgotten += 1
    }
}

extension Organizations {
    /// Returns the bytes that an organization takes in the store. The store is asked only when they are not known.
    func size(of id: String) async throws(StoreError) -> OrganizationSize {
        let (known, forgotten) = sizes.withLock { ($0[id], $0.forgotten) }
        if let known { return known }
        guard let size = try await store.size(of: id) else { return OrganizationSize() }
        sizes.withLock { $0.keep(size, of: id, since: forgotten) }
        return size
    }

    /// Forgets the bytes that an organization takes.
    func forgetSize(of id: String) { sizes.withLock { $0.forget(id) } }
}
