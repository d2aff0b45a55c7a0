import MessagingContract
import MessagingCore
import NIOCore
import Synchronization

/// A cache of recently sent pages of lists. A page that is requested again while nothing has changed costs no more than its bytes.
///
/// It has at most 512 pages of at most 64 KiB each, each page at one revision and in a place that its key determines. A missing page enters
/// when it is requested twice, with no other missing page of its place between. So a walk through a long list leaves the pages of others
/// alone.
final class PageCache: Sendable {
    /// The values that determine the content of a page at a revision.
    private struct Key: Hashable, Sendable {
        let organization: String
        let path: String
        let page: Paging
    }

    private struct Place: Sendable {
        var key: Key?
        var revision: Revision = 0
        var bytes = ByteBuffer()
        /// The hash of the last requested page that was not here.
        var missed: Int?
    }

    private static let largest = 64 * 1_024
    private static let count = 512
    private let places = Mutex([Place](repeating: Place(), count: count))

    /// Creates an empty cache.
    init() {}

    /// Returns a page of the objects of one kind in JSON, as the list at `path` has it. Returns nil if making it is more work than
    /// `budget`, see ``ResponseWork``. Throws a 400 if its objects have more bytes than a page may have.
    func body(
        of page: Paging,
        _ kind: RecordKind,
        in organization: Organization,
        path: String,
        budget: Int
    ) throws(APIError) -> ResponseBody? {
        let key = Key(organization: organization.id, path: path, page: page)
        let hash = key.hashValue
        let known = bytes(of: key, hash, at: organization.revision)
        if let bytes = known.bytes { return .page(bytes) }
        let table = organization[kind]
        let objects = ListedObjects(
            table.all.chunks(offset: page.offset, limit: page.pageSize),
            PageLinks(page: page, total: table.count, path: path)
        )
        if objects.objectBytes > ResponseWork.largestPage { throw .responseTooLarge }
        if objects.objectBytes / ResponseWork.copied > budget { return nil }
        if objects.count > Self.largest { return .bytes(objects.bytes) }
        guard known.isFrequent else { return .objects(objects) }
        let bytes = objects.buffer
        insert(bytes, key, hash, organization.revision)
        return .page(bytes)
    }

    /// Returns the page if it is here at that revision, or else whether it was requested before.
    private func bytes(of key: Key, _ hash: Int, at revision: Revision) -> (bytes: ByteBuffer?, isFrequent: Bool) {
        places.withLock { places in
            let index = Self.index(of: hash)
            if places[index].key == key {
                return places[index].revision == revision ? (places[index].bytes, true) : (nil, true)
            }
            if places[index].missed == hash { return (nil, true) }
            places[index].missed = hash
            return (nil, false)
        }
    }

    private static func index(of hash: Int) -> Int { Int(UInt(bitPattern: hash) % UInt(count)) }

    private func insert(_ bytes: ByteBuffer, _ key: Key, _ hash: Int, _ revision: Revision) {
        places.withLock { places in
            let index = Self.index(of: hash)
            if places[index].key == key, places[index].revision > revision { return }
            places[index] = Place(key: key, revision: revision, bytes: bytes)
        }
    }
}
