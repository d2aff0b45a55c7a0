import Crypto
public import MessagingContract
import Synchronization

/// What a ``Table`` holds of one object: its bytes as they are answered, and what finding and ordering it need.
///
/// Two entries are equal when id, name, version and bytes are, strings byte by byte in UTF-8: unlike Swift's strings, two that
/// are only canonically equivalent are different. A reference, so that copying a part of a table copies one word for each.
public final class Entry: Hashable, Sendable {
    /// The id, any string; unique within a table, byte by byte.
    public let id: String
    /// The name that places the entry in the table's order, any string.
    public let name: String
    /// The object's version.
    public let version: Int
    /// The object as it is answered, JSON in UTF-8.
    public let bytes: [UInt8]

    private let knownTag = AtomicLazyReference<KnownTag>()

    /// An entry with this content.
    public init(id: String, name: String, version: Int, bytes: [UInt8]) {
        self.id = id
        self.name = name
        self.version = version
        self.bytes = bytes
    }

    /// The tag of the bytes. It is made when it is first asked for: most of what is loaded is not.
    public var tag: EntityTag {
        (knownTag.load() ?? knownTag.storeIfNil(KnownTag(EntityTag(of: bytes)))).tag
    }

    /// The bytes of memory that it takes with its places in tables, estimated.
    var memory: Int { bytes.count + 2 * name.utf8.count + Self.overhead }

    /// What an entry takes beside its content: itself, its strings, and its places in trees.
    static let overhead = 640

    /// Whether both hold the same id, name, version and bytes.
    public static func == (left: Entry, right: Entry) -> Bool {
        left.version == right.version && left.id.hasSameBytes(as: right.id) && left.name.hasSameBytes(as: right.name)
            && left.bytes == right.bytes
    }

    /// Hashes the id and the version.
    public func hash(into hasher: inout Hasher) {
        id.hashBytes(into: &hasher)
        hasher.combine(version)
    }

    private final class KnownTag: Sendable {
        let tag: EntityTag

        init(_ tag: EntityTag) { self.tag = tag }
    }
}

extension EntityTag {
    /// The tag of these bytes: half of their SHA-256 digest.
    public init(of bytes: [UInt8]) {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        self.init(
            opaque: hash.finalize().withUnsafeBytes { Hexadecimal.string(UnsafeRawBufferPointer(rebasing: $0[..<16])) }
        )
    }
}
