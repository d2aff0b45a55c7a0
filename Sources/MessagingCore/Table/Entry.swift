import Crypto
public import MessagingContract
import Synchronization

/// An object in a ``Table``: its bytes as responses have them, and the values for finding and ordering it.
///
/// Two entries are equal if their ids, names, versions and bytes are. Strings are compared by their UTF-8 bytes, so two that are only
/// canonically equivalent are different, unlike in Swift. This is a reference type, so copying a part of a table copies one word for each
/// entry.
public final class Entry: Hashable, Sendable {
    /// The id, any string. It is unique within a table by its UTF-8 bytes.
    public let id: String
    /// The name, any string. It determines the place of the entry in the table's order.
    public let name: String
    /// The object's version.
    public let version: Int
    /// The object as responses have it, JSON in UTF-8.
    public let bytes: [UInt8]

    private let knownTag = AtomicLazyReference<KnownTag>()

    /// Creates an entry with this content.
    public init(id: String, name: String, version: Int, bytes: [UInt8]) {
        self.id = id
        self.name = name
        self.version = version
        self.bytes = bytes
    }

    /// The tag of the bytes. It is computed at the first use, since most loaded entries never need it.
    public var tag: EntityTag {
        (knownTag.load() ?? knownTag.storeIfNil(KnownTag(EntityTag(of: bytes)))).tag
    }

    /// The estimated bytes of memory that the entry takes, with its places in tables.
    var memory: Int { bytes.count + 2 * name.utf8.count + Self.overhead }

    /// The bytes of memory that an entry takes besides its content: the object, its strings, and its places in trees.
    static let overhead = 640

    /// Returns whether both have the same id, name, version and bytes.
    public static func == (left: Entry, right: Entry) -> Bool {
        left.version == right.version && left.id.hasSameScalars(as: right.id)
            && left.name.hasSameScalars(as: right.name)
            && left.bytes == right.bytes
    }

    /// Hashes the id and the version.
    public func hash(into hasher: inout Hasher) {
        id.hashScalars(into: &hasher)
        hasher.combine(version)
    }

    private final class KnownTag: Sendable {
        let tag: EntityTag

        init(_ tag: EntityTag) { self.tag = tag }
    }
}

extension EntityTag {
    /// Creates the tag of these bytes from half of their SHA-256 digest.
    public init(of bytes: [UInt8]) {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        self.init(
            opaque: hash.finalize().withUnsafeBytes { Hexadecimal.string(UnsafeRawBufferPointer(rebasing: $0[..<16])) }
        )
    }
}
