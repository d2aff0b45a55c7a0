/// A kind of file, as its name or its first bytes tell it.
///
/// Extensions are those of the system's registry of media types, which follows IANA's; first bytes, and which form a kind is stored
/// in, come from Apache Tika; both are corrected by the specifications of the formats. Nothing is read but what is given.
public struct FileKind: Hashable, Sendable {
    /// The media type, `image/png`, as the registry writes it.
    public let mediaType: String

    /// The kind of this media type; parameters and white space around it are left out.
    public init(mediaType: String) { self.mediaType = MediaType.essence(of: mediaType) }

    /// The kind that a file's name tells by what stands behind its last dot, in any letter case; a path before it does not count.
    /// Nil when there is no such dot, only one at the beginning, or an extension that nobody knows.
    public init?(filename: String) {
        guard let kind = FileKindTable.kind(ofFilename: filename) else { return nil }
        mediaType = kind.mediaType
    }

    /// The kind that a file's first bytes tell; nil when they tell nothing, as those of most texts. 512 bytes are enough for most
    /// kinds; what stands behind the first 10,000 never counts. The kind of a container that does not say what is
    /// in it is that of its usual content, `video/mp4`.
    public init?(firstBytes: [UInt8]) {
        guard let kind = FileKindTable.kind(ofFirstBytes: firstBytes) else { return nil }
        mediaType = kind.mediaType
    }

    /// Whether files of this kind are of the other too: it is the same, by whatever name, or one that is stored in its form, as a
    /// document of a word processor in a ZIP archive, or sound in a file that begins as a film does.
    public func isCase(of other: FileKind) -> Bool { known.isCase(of: other.known) }

    /// Whether a file whose first bytes tell `other` cannot be of this kind.
    ///
    /// That is so only when nothing connects the two: neither is a case of the other or of a third, such as the container of
    /// several formats, nor do they differ only in whether there are pictures to the sound (`audio/x`, `video/x`). It is not
    /// said of a kind that nobody has told the first bytes of, when the other may be its container; and `application/octet-stream`
    /// is contradicted by nothing.
    public func isContradicted(byFirstBytesOf other: FileKind) -> Bool {
        known.isContradicted(byFirstBytesOf: other.known)
    }

    private var known: KnownKind { FileKindTable.kind(ofMediaType: mediaType) }
}
