import MessagingContract

/// A kind of file, which the name or the first bytes of a file indicate.
///
/// Extensions come from the system's registry of media types, which follows IANA's. Signatures of first bytes, and the container formats
/// of kinds, come from Apache Tika. Both are corrected by the specifications of the formats. No file is read; the given input is enough.
public struct FileKind: Hashable, Sendable {
    /// The media type, such as `image/png`, as the registry writes it.
    public let mediaType: String

    /// Creates the kind of this media type. Parameters and surrounding white space are removed.
    public init(mediaType: String) { self.mediaType = MediaType.essence(of: mediaType) }

    /// Creates the kind that a file's name indicates by its extension, the text after the last dot in any letter case. A path before the
    /// name is ignored. Returns nil if the name has no such dot, only one at its beginning, or an unknown extension.
    public init?(filename: String) {
        guard let kind = FileKindTable.kind(ofFilename: filename) else { return nil }
        mediaType = kind.mediaType
    }

    /// Creates the kind that a file's first bytes indicate. Returns nil if they indicate none, as for most texts.
    ///
    /// For most kinds 512 bytes are enough. Bytes after the first 10,000 never count. A container that does not state its content has the
    /// kind of its usual content, such as `video/mp4`.
    public init?(firstBytes: [UInt8]) {
        guard let kind = FileKindTable.kind(ofFirstBytes: firstBytes) else { return nil }
        mediaType = kind.mediaType
    }

    /// Returns whether files of this kind are also of the other kind. The two are the same kind under different names, or files of this
    /// kind are stored in the other format. Examples are a word processor's document in a ZIP archive, and sound in a file that begins like
    /// a film.
    public func isCase(of other: FileKind) -> Bool { known.isCase(of: other.known) }

    /// Returns whether a file whose first bytes indicate `other` cannot be of this kind.
    ///
    /// The kinds contradict each other only if they are not connected. Two kinds are connected when
    /// - one is a case of the other;
    /// - both are cases of a third kind, such as the container of several formats;
    /// - they differ only in whether the sound has pictures (`audio/x`, `video/x`).
    ///
    /// A kind without known signatures is never contradicted by a possible container format. Nothing contradicts
    /// `application/octet-stream`.
    public func isContradicted(byFirstBytesOf other: FileKind) -> Bool {
        known.isContradicted(byFirstBytesOf: other.known)
    }

    private var known: KnownKind { FileKindTable.kind(ofMediaType: mediaType) }
}
