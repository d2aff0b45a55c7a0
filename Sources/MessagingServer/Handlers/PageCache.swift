import MessagingContract
import MessagingCore
import Synchronization

/// The pages of lists that were answered last: one that is asked for again, while nothing has changed, costs no more than its bytes.
///
/// Keeps 512 pages at most, none of more than 64 KiB.
final class PageCache: Sendable {
    /// What a page follows from.
    struct Key: Hashable, Sendable {
        let organization: String
        let revision: Revision
        let path: String
        let page: Paging
    }

    private static let largest = 64 * 1_024
    private let pages = Mutex(RecentlyUsed<Key, [UInt8]>(capacity: 512))

    /// The page, or what `make` makes, which is kept; nil when that makes none.
    func bytes(of key: Key, _ make: () throws(APIError) -> [UInt8]?) throws(APIError) -> [UInt8]? {
        if let bytes = pages.withLock({ $0.value(for: key) }) { return bytes }
        guard let bytes = try make() else { return nil }
        if bytes.count <= Self.largest { pages.withLock { $0.insert(bytes, for: key) } }
        return bytes
    }
}
