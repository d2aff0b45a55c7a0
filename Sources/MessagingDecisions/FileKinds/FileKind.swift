import MessagingContract

/// A kind of file, as a file's name or its first bytes indicate it.
///
/// The extensions come from the system's registry of media types, which follows IANA's. The signatures of first bytes, and the form that a
/// kind is stored in, come from Apache Tika. Both are corrected by the specifications of the formats. Nothing is read except the input that
/// is given.
public struct FileKind: Hashable, Sendable {
    /// The media type, `image/png`, as the registry writes it.
    public let mediaType: String

    /// The kind of this media type; parameters and white space around it are left out.
    public init(mediaType: String) { self.mediaType = MediaType.essence(of: mediaType) }

    /// Creates the kind that a file's name indicates by its extension: the text after the last dot, in any letter case. A path before the
    /// name does not count. Returns nil when the name has no such dot, only one at its beginning, or an unknown extension.
    public init?(filename: String) {
        guard let kind = FileKindTable.kind(ofFilename: filename) else { return nil }
        mediaType = kind.mediaType
    }

    /// Creates the kind that a file's first bytes indicate. Returns nil when they indicate none, as those of most texts. 512 bytes are
    /// enough for most kinds; bytes after the first 10,000 never count. A container that does not state its content has the kind of its
    /// usual content, `video/mp4`.
    public init?(firstBytes: [UInt8]) {
        guard let kind = FileKindTable.kind(ofFirstBytes: firstBytes) else { return nil }
        mediaType = kind.mediaType
    }

    /// Whether files of this kind are of the other too: it is the same, by whatever name, or one that is stored in its form, as a
    /// document of a word processor in a ZIP archive, or sound in a file that begins as a film does.
    public func isCase(of other: FileKind) -> Bool { known.isCase(of: other.known) }

    /// Whether a file whose first bytes indicate `other` cannot be of this kind.
    ///
    /// True only when nothing connects the two kinds. Two kinds are connected when
    /// - one is a case of the other;
    /// - both are cases of a third kind, such as the container of several formats;
    /// - they differ only in whether the sound has pictures (`audio/x`, `video/x`).
    ///
    /// False for a kind whose first bytes are not known, when `other` may be its container. Always false for `application/octet-stream`.
    public func isContradicted(byFirstBytesOf other: FileKind) -> Bool {
        known.isContradicted(byFirstBytesOf: other.known)
    }

    private var known: KnownKind { FileKindTable.kind(ofMediaType: mediaType) }
}
