/// A kind of file, as its name or its first bytes tell it.
///
/// Extensions are those of the system's registry of media types, which follows IANA's; first bytes, and which kind is a case of
/// which other, come from Apache Tika. Nothing is read but what is given.
public struct FileKind: Hashable, Sendable {
    /// The media type, `image/png`, as the registry writes it.
    public let mediaType: String

    /// The kind of this media type; parameters and white space around it are left out.
    public init(mediaType: String) { self.mediaType = MediaType.essence(of: mediaType) }

    /// The kind that a file's name tells by what stands behind its last dot, in any letter case; a path before it does not count.
    /// Nil when there is no such dot, only one at the beginning, or an extension that nobody knows.
    public init?(filename: String) {
        let name = filename.utf8.suffix(while: { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") })
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return nil }
        let letters = name[name.index(after: dot)...].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard let type = FileKindTable.types[Substring(decoding: letters, as: UTF8.self)] else { return nil }
        mediaType = type
    }

    /// The kind that a file's first bytes tell; nil when they tell nothing, as those of most texts. 512 bytes are enough for most
    /// kinds; what stands behind the first 10,000 never counts.
    public init?(firstBytes: [UInt8]) {
        guard let type = firstBytes.withUnsafeBufferPointer({ FileKindTable.index.mediaType(of: $0) }) else {
            return nil
        }
        mediaType = type
    }

    /// Whether every file of this kind is one of the other too: it is the same, by whatever name, or one that is stored in its
    /// form, as a document of a word processor in a ZIP archive.
    public func isCase(of other: FileKind) -> Bool { lineage.contains(FileKindTable.canonical(other.mediaType)) }

    /// Whether a file whose first bytes tell `other` cannot be of this kind.
    ///
    /// That is so only when nothing connects the two: neither is a case of the other or of a third, such as the container of
    /// several formats, nor do they differ only in whether there are pictures to the sound (`audio/mp4`, `video/mp4`). It is not
    /// said of a kind that nobody has told the first bytes of, when the other may be its container; and `application/octet-stream`
    /// is contradicted by nothing.
    public func isContradicted(byFirstBytesOf other: FileKind) -> Bool {
        let (mine, theirs) = (lineage, other.lineage)
        guard mine != ["application/octet-stream"], !mine.contains(where: theirs.contains),
            Self.subtype(of: mine) != Self.subtype(of: theirs)
        else { return false }
        let isContainer = other.mediaType.hasPrefix("application/") || other.mediaType.hasPrefix("text/")
        return !isContainer || mine.contains(where: FileKindTable.recognized.contains)
    }

    private static func subtype(of lineage: [String]) -> Substring? {
        lineage.first.map { Substring($0.utf8.drop { $0 != UInt8(ascii: "/") }) }
    }

    /// The kind by its one name, what it is a case of, and so on.
    private var lineage: [String] {
        FileKindTable.lineages[mediaType] ?? FileKindTable.lineage(of: FileKindTable.canonical(mediaType))
    }
}

extension BidirectionalCollection {
    /// The longest end of the collection of which all elements are so.
    fileprivate func suffix(while isSo: (Element) -> Bool) -> SubSequence {
        lastIndex { !isSo($0) }.map { self[index(after: $0)...] } ?? self[...]
    }
}
