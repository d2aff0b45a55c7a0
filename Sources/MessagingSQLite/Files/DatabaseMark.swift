import Foundation
import MessagingContract

/// A file beside a database that says that there is one, so that another is not made in its place when it is lost, and the time by which
/// old things in it may be dropped, see `SweepClock`.
///
/// The first open of a database makes it, and so does a restoration. A mark only says something where the database is missing. Deleting it is
/// harmless while the database is there.
struct DatabaseMark {
    let path: String

    /// Whether it is there, whatever it is.
    var isThere: Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The time that it holds; nil when it is not there or holds none.
    var time: Date? {
        guard let file = try? FileRule.companion.open(path, O_RDONLY),
            let bytes = try? file.read(at: 0, count: 4_096)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").lazy.compactMap { Date(wire: String($0)) }
            .first
    }

    /// Writes it whole or not at all. It belongs to `owner` instead of to this user when that is given.
    func write(_ time: Date, owner: FileOwner? = nil) throws(SystemError) {
        let draft = path + ".new"
        unlink(draft)
        do throws(SystemError) {
            let file = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
            try file.write(Array(Self.text(time).utf8), at: 0)
            owner?.take(file)
            try file.synchronize()
            guard rename(draft, path) == 0 else { throw SystemError() }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private static func text(_ time: Date) -> String {
        """
        messaging-server has a database here. When that is missing, no other is made in its place without --create.
        \(time.wire)

        """
    }
}
