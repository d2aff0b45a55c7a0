import Foundation
import MessagingContract

/// A file beside a database that records its existence, so no other database is made in its place if it is lost. It also has the time that
/// decides which old records may be dropped; see `SweepClock`.
///
/// The first open of a database makes it, and so does a restoration. A mark only matters if the database is missing. Deleting it is
/// harmless while the database exists.
struct DatabaseMark {
    let path: String

    /// Whether any file exists at the path.
    var isThere: Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The time in the file; nil if there is no file or no time in it.
    var time: Date? {
        guard let file = try? FileRule.companion.open(path, O_RDONLY),
            let bytes = try? file.read(at: 0, count: 4_096)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").lazy.compactMap { Date(wire: String($0)) }
            .first
    }

    /// Writes the file whole or not at all. If `owner` is given, the file belongs to it instead of this user.
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
