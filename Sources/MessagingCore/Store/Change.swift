public import struct Foundation.Date

/// Who changed something, through what, and from where: kept with every change.
public struct Author: Hashable, Sendable {
    /// The user id written into `createdBy`, `updatedBy` and `modifiedBy`.
    public let user: String
    /// The OAuth client whose token was used; nil for the administration of the server itself.
    public let client: String?
    /// The operation's id, `patchMessagingSetting`, or an administration command.
    public let operation: String
    /// The correlation id that the answer carried.
    public let contextID: String
    /// The network address the request came from; nil for the administration of the server itself.
    public let address: String?

    /// An author of changes.
    public init(user: String, client: String?, operation: String, contextID: String, address: String?) {
        self.user = user
        self.client = client
        self.operation = operation
        self.contextID = contextID
        self.address = address
    }
}

extension Author {
    /// The user id of the server itself.
    static let serverUser = "00000000-0000-0000-0000-000000000000"

    /// The server itself, by one of its commands or tasks.
    package static func server(_ operation: String) -> Author {
        Author(
            user: serverUser,
            client: nil,
            operation: operation,
            contextID: Identifiers.make(),
            address: nil
        )
    }
}

/// One record's step from one value to the next.
public struct Change: Hashable, Sendable {
    /// The revision that this change is part of.
    public let revision: Revision
    /// Its place among the changes of that revision, from 0.
    public let position: Int
    /// The kind of the record that changed.
    public let kind: RecordKind
    /// The id of the record that changed.
    public let id: String
    /// The record's bytes before; nil when it was created.
    public let before: [UInt8]?
    /// The record's bytes after; nil when it was deleted.
    public let after: [UInt8]?
    /// Who did it.
    public let author: Author
    /// When, to the millisecond.
    public let time: Date
    /// Whether the change is kept only to bring snapshots forward, for a while, and is no part of the history.
    public let isInternal: Bool

    /// One step of one record.
    public init(
        revision: Revision,
        position: Int,
        kind: RecordKind,
        id: String,
        before: [UInt8]?,
        after: [UInt8]?,
        author: Author,
        time: Date,
        isInternal: Bool = false
    ) {
        self.revision = revision
        self.position = position
        self.kind = kind
        self.id = id
        self.before = before
        self.after = after
        self.author = author
        self.time = time
        self.isInternal = isInternal
    }
}
