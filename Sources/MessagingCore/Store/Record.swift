/// How often an organization has changed: 0 before it exists, then one more with each accepted change.
public typealias Revision = Int64

/// What sort of thing a record holds, by a name that is stored with it. Engines compare it and know nothing else of it.
public struct RecordKind: RawRepresentable, Hashable, Sendable {
    /// The stored name.
    public let rawValue: String

    /// A kind by its stored name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// One stored object of an organization, unique by kind and id within it.
public struct Record: Hashable, Sendable {
    /// What sort of object this is.
    public let kind: RecordKind
    /// Its id, any string.
    public let id: String
    /// Its content, JSON in UTF-8.
    public let bytes: [UInt8]

    /// A record with this content.
    public init(kind: RecordKind, id: String, bytes: [UInt8]) {
        self.kind = kind
        self.id = id
        self.bytes = bytes
    }
}

/// Everything the store holds of one organization, at one revision.
public struct StoredOrganization: Hashable, Sendable {
    /// The organization's id.
    public let id: String
    /// The revision at which the records were read.
    public let revision: Revision
    /// All its records, in no particular order.
    public let records: [Record]

    /// An organization as it was read.
    public init(id: String, revision: Revision, records: [Record]) {
        self.id = id
        self.revision = revision
        self.records = records
    }
}
