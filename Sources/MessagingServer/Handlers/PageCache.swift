import MessagingContract
import MessagingCore
import Synchronization

/// A cache of recently sent pages. A page that is requested again while nothing has changed costs no more than its bytes.
///
/// It has at most 512 pages of at most 64 KiB each.
final class PageCache: Sendable {
    /// The values that determine the content of a page.
    struct Key: Hashable, Sendable {
        let organization: String
        let revision: Revision
        let path: String
        let page: Paging
    }

    private static let largest = 64 * 1_024
    private let pages = Mutex(RecentlyUsed<Key, [UInt8]>(capacity: 512))

    /// Returns the cached page, or the result of `make`, which is then cached. Returns nil if `make` does.
    func bytes(of key: Key, _ make: () throws(APIError) -> [UInt8]?) throws(APIError) -> [UInt8]? {
        if let bytes = pages.withLock({ $0.value(for: key) }) { return bytes }
        guard let bytes = try make() else { return nil }
        if bytes.count <= Self.largest { pages.withLock { $0.insert(bytes, for: key) } }
        return bytes
    }
}
