/// The small file that decides a restoration. By its epoch, the process that finishes the restoration recognizes the waiting database that
/// `restore` made.
struct ReplacementRecord: Equatable {
    /// The largest number of bytes of a record.
    static let longest = 1_024

    /// The epoch of the waiting database. No other database has it.
    let epoch: String
    /// The new suffix for the name of the old database: `before-20261128T170000Z`, perhaps with a number.
    let kept: String

    /// Creates the record of a waiting database.
    init(epoch: String, kept: String) {
        self.epoch = epoch
        self.kept = kept
    }

    /// Reads a record. Returns nil if these bytes are not a record.
    init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0] == Self.title, lines[3].isEmpty,
            lines[1].hasPrefix(Self.epoch), lines[2].hasPrefix(Self.kept)
        else { return nil }
        epoch = String(lines[1].dropFirst(Self.epoch.count))
        kept = String(lines[2].dropFirst(Self.kept.count))
        // The suffix becomes part of a path.
        guard !epoch.isEmpty, kept.hasPrefix("before-"),
            kept.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { return nil }
    }

    /// The content of the file.
    var bytes: [UInt8] { Array("\(Self.title)\n\(Self.epoch)\(epoch)\n\(Self.kept)\(kept)\n".utf8) }

    private static let title =
        "messaging-server restores a database here; its next start finishes that, and deletes this file."
    private static let epoch = "epoch "
    private static let kept = "kept "
}
