import MessagingContract
import MessagingCore
import MessagingServer
import NIOCore

extension Comparison {
    /// Pages of lists, each copied into a response: kept ones, and pages that are made anew as after a change of the organization.
    static func pages() throws -> [Comparison] {
        try [100, 100_000].flatMap { count in
            let organization = try Organization.bench(count)
            // More paths than the server keeps pages, so that none of them is kept when it comes again.
            let paths = (1_000..<7_000).map { "/api/v2/conversations/messaging/settings/\($0)" }
            func way(_ name: String, pages: Int, paths: [String]) throws -> Way {
                let pages = try (0..<pages).map { try Paging(pageSize: 25, pageNumber: 1 + $0 * 7_919 % pages) }
                let cache = PageCache()
                var turn = 0
                return Way(name) {
                    turn += 1
                    let bytes = try cache.bytes(
                        of: pages[turn % pages.count],
                        MessagingSetting.self,
                        in: organization,
                        path: paths[turn % paths.count],
                        budget: .max
                    )
                    return bytes.map { ByteBuffer(bytes: $0).readableBytes } ?? 0
                }
            }
            let all = count / 25
            return [
                Comparison(
                    "the same page of 25 in an organization of \(count)",
                    [
                        try way("kept", pages: 1, paths: [paths[0]]),
                        try way("made anew", pages: 1, paths: paths),
                    ]
                ),
                Comparison(
                    "any page of 25 in an organization of \(count)",
                    [
                        try way("kept", pages: min(all, 200), paths: [paths[0]]),
                        try way("made anew", pages: all, paths: paths),
                    ]
                ),
            ]
        }
    }
}
