package import MessagingContract
package import MessagingCore
import Synchronization

/// The pages of lists. A page that is requested again and again while nothing changes costs no more than its bytes.
///
/// It keeps at most 512 pages of at most 64 KiB each. A page is kept from its second request on, so a walk through a long list drops no page
/// that is in use.
package final class PageCache: Sendable {
    /// The values that determine the content of a page.
    private struct Key: Hashable, Sendable {
        let organization: String
        let revision: Revision
        let path: String
        let page: Paging
    }

    private struct Pages: Sendable {
        var kept = RecentlyUsed<Key, [UInt8]>(capacity: 512)
        /// The hashes of the keys of recently made pages, in groups of four, the newest first. A hash determines its group.
        private var made = [SIMD4<Int>](repeating: .zero, count: 256)

        /// Remembers that a page was made. Returns whether that was remembered before.
        mutating func wasMade(_ key: Key) -> Bool {
            let hash = key.hashValue
            let place = hash & (made.count - 1)
            let group = made[place]
            if any(group .== SIMD4(repeating: hash)) { return true }
            made[place] = SIMD4(hash, group.x, group.y, group.z)
            return false
        }
    }

    private static let largest = 64 * 1_024
    private let pages = Mutex(Pages())

    package init() {}

    /// Returns a page of the objects of one kind in JSON, as the list at `path` has it. Returns nil if making it is more work than `budget`,
    /// see ``ResponseWork``. Throws a 400 if its objects have more bytes than a page may have.
    package func bytes<R: Resource>(
        of page: Paging,
        _ type: R.Type,
        in organization: Organization,
        path: String,
        budget: Int
    ) throws(APIError) -> [UInt8]? {
        let key = Key(organization: organization.id, revision: organization.revision, path: path, page: page)
        if let bytes = pages.withLock({ $0.kept.value(for: key) }) { return bytes }
        let (entries, total) = organization.list(R.self, page)
        let size = entries.reduce(0) { $0 + $1.bytes.count }
        if size > ResponseWork.largestPage { throw .responseTooLarge }
        if size / ResponseWork.copied > budget { return nil }
        let bytes = Listing<R>(page: page, total: total, path: path).bytes(with: entries.lazy.map(\.bytes))
        if bytes.count <= Self.largest {
            pages.withLock { if $0.wasMade(key) { $0.kept.insert(bytes, for: key) } }
        }
        return bytes
    }
}
