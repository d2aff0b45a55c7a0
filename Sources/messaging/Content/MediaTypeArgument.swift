import Foundation
import MessagingDecisions
import MessagingFiles
import MessagingSDK

/// A file, a name of a file or a media type on the command line, with the media type that an attachment of it has.
struct MediaTypeArgument: Equatable {
    /// A source of a media type.
    enum Source: String {
        /// The argument is a media type.
        case type
        /// The first bytes of the file.
        case firstBytes = "first bytes"
        /// The name of the file.
        case name
        /// Neither the name nor the first bytes are those of a known kind of file.
        case none
    }

    /// The argument as it was given.
    let text: String
    /// The media type.
    let mediaType: String
    /// The source of the media type.
    let source: Source

    /// Reads an argument. A file that exists counts first, then a media type, then a name of a file. Throws a failure for something other than
    /// a file, for a file that cannot be read, for the path of no file, and for a range of media types.
    init(_ text: String) throws(Failure) {
        if let bytes = try Self.firstBytes(of: text) {
            self.init(text, MessageAttachment(filename: text, firstBytes: bytes))
            return
        }
        guard !text.isEmpty else { throw .usage("an argument is empty") }
        guard !TopLevelType.isRange(text) else {
            throw .usage("\(text) is a range of media types", next: "Give one of its types, such as image/png.")
        }
        if TopLevelType.begins(text), MediaType.isConcrete(text) {
            self.init(text, text, .type)
        } else if text.contains("/") {
            throw Self.unreadable(text, "there is no such file")
        } else {
            self.init(text, MessageAttachment(filename: text))
        }
    }

    private init(_ text: String, _ attachment: MessageAttachment) {
        let (mediaType, source, _) = attachment.resolvedType
        self.init(text, mediaType, source == .firstBytes ? .firstBytes : source == .filename ? .name : .none)
    }

    private init(_ text: String, _ mediaType: String, _ source: Source) {
        self.text = text
        self.mediaType = mediaType
        self.source = source
    }

    /// Returns the first bytes of the file at a path; nil if there is none.
    private static func firstBytes(of path: String) throws(Failure) -> [UInt8]? {
        var state = stat()
        guard stat(path, &state) == 0 else {
            if [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) { return nil }
            throw unreadable(path, String(cString: strerror(errno)))
        }
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
        defer { close(file) }
        guard fstat(file, &state) == 0, state.st_mode & S_IFMT == S_IFREG else {
            throw unreadable(path, state.st_mode & S_IFMT == S_IFDIR ? "it is a directory" : "it is no regular file")
        }
        var bytes = [UInt8](repeating: 0, count: decidingBytes)
        var count = 0
        while count < bytes.count {
            let added = bytes.withUnsafeMutableBytes {
                read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if added < 0, errno == EINTR { continue }
            guard added >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
            if added == 0 { break }
            count += added
        }
        return Array(bytes.prefix(count))
    }

    private static func unreadable(_ path: String, _ cause: String) -> Failure {
        Failure(.failed, "file.not.read", "could not read \(path): \(cause)")
    }

    /// The number of first bytes that decide on the kind of a file.
    private static let decidingBytes = 10_000
}
