/// A counter of an organization's accepted changes: 0 before it exists, then one more with each change.
public typealias Revision = Int64

/// The kind of a record, by a name that is stored with it. Engines only compare it.
public struct RecordKind: RawRepresentable, Hashable, Sendable {
    /// The stored name.
    public let rawValue: String

    /// Creates a kind by its stored name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// One stored object of an organization, unique by kind and id within it.
public struct Record: Hashable, Sendable {
    /// The kind of the object.
    public let kind: RecordKind
    /// The id of the object, any string.
    public let id: String
    /// The content of the object, JSON in UTF-8.
    public let bytes: [UInt8]

    /// Creates a record with this content.
    public init(kind: RecordKind, id: String, bytes: [UInt8]) {
        self.kind = kind
        self.id = id
        self.bytes = bytes
    }
}

/// The stored records of one organization at one revision.
public struct StoredOrganization: Hashable, Sendable {
    /// The organization's id.
    public let id: String
    /// The revision at which the records were read.
    public let revision: Revision
    /// All records of the organization, in no particular order.
    public let records: [Record]

    /// Creates an organization with its stored values.
    public init(id: String, revision: Revision, records: [Record]) {
        self.id = id
        self.revision = revision
        self.records = records
    }
}
